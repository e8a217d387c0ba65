package io.gristmill.curation.source;

import io.gristmill.curation.compression.Members;
import io.gristmill.curation.compression.StorageInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The format of a file by its name and, where that says nothing, by its first bytes. */
final class Formats {
  private static final Set<String> COMPRESSED = Set.of("gz", "gzip", "zst", "zstd", "lz4");
  private static final Set<String> PAGES = Set.of("html", "htm", "xhtml", "shtml");
  private static final Map<String, SourceFormat> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("warc", SourceFormat.WARC),
          Map.entry("wat", SourceFormat.WARC),
          Map.entry("wet", SourceFormat.WET),
          Map.entry("arc", SourceFormat.ARC),
          Map.entry("zip", SourceFormat.ZIP),
          Map.entry("jar", SourceFormat.ZIP),
          Map.entry("jsonl", SourceFormat.JSONL),
          Map.entry("ndjson", SourceFormat.JSONL),
          Map.entry("json", SourceFormat.JSONL),
          Map.entry("parquet", SourceFormat.PARQUET),
          Map.entry("txt", SourceFormat.TEXT),
          Map.entry("text", SourceFormat.TEXT),
          Map.entry("md", SourceFormat.TEXT));

  /** What lies beside pages on a web site and is not one. */
  private static final Set<String> ASSETS =
      Set.of(
          "css",
          "js",
          "mjs",
          "map",
          "json",
          "png",
          "jpg",
          "jpeg",
          "gif",
          "svg",
          "webp",
          "ico",
          "bmp",
          "woff",
          "woff2",
          "ttf",
          "eot",
          "otf",
          "mp3",
          "mp4",
          "webm",
          "pdf",
          "zip",
          "gz",
          "jar",
          "xml",
          "txt",
          "properties",
          "mf",
          "sf",
          "class",
          "csv",
          "tsv",
          "yaml",
          "yml",
          "md");

  private static final Pattern MARKUP =
      Pattern.compile(
          "[\u00ef\u00bb\u00bf\\s]*(?><!--.*?-->\\s*)*+<(!doctype\\s+html|html|head|body)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Formats() {}

  /** The format that a name alone tells, looking through a compression suffix. */
  static Optional<SourceFormat> byName(String name) {
    String extension = extension(uncompressed(name));
    return PAGES.contains(extension)
        ? Optional.of(SourceFormat.HTML)
        : Optional.ofNullable(BY_EXTENSION.get(extension));
  }

  /** Whether an entry of a zip is a page. */
  static boolean isPage(String name) {
    return PAGES.contains(extension(name));
  }

  /** Whether a file in a folder of pages is something else. */
  static boolean isAsset(String name) {
    return ASSETS.contains(extension(uncompressed(name)));
  }

  /** Whether a file is a zip by its name. */
  static boolean isZip(String name) {
    return BY_EXTENSION.get(extension(name)) == SourceFormat.ZIP;
  }

  /** Whether a document begins as HTML does, whatever it is declared to be. */
  static boolean looksLikeMarkup(byte[] bytes) {
    int count = Math.min(bytes.length, 1 << 10);
    return MARKUP.matcher(new String(bytes, 0, count, StandardCharsets.ISO_8859_1)).matches();
  }

  /** The format that the first bytes tell, decompressed where they are compressed. */
  static SourceFormat byContent(StorageInput input) {
    String raw = new String(input.peek(4), StandardCharsets.ISO_8859_1);
    if (raw.equals("PAR1")) {
      return SourceFormat.PARQUET;
    }
    if (raw.equals("PK\u0003\u0004")) {
      return SourceFormat.ZIP;
    }
    String head = head(input);
    if (head.startsWith("WARC/")) {
      return SourceFormat.WARC;
    }
    if (head.startsWith("filedesc://")) {
      return SourceFormat.ARC;
    }
    if (head.startsWith("{")) {
      return SourceFormat.JSONL;
    }
    return MARKUP.matcher(head).matches() ? SourceFormat.HTML : SourceFormat.UNKNOWN;
  }

  @SuppressWarnings("EmptyCatch") // a file that cannot be decompressed has no format
  private static String head(StorageInput input) {
    byte[] head = new byte[1 << 10];
    int filled = 0;
    try {
      Members members = Members.open(input);
      int read = members.next() ? 0 : -1;
      while (read >= 0 && filled < head.length) {
        read = members.read(head, filled, head.length - filled);
        filled += Math.max(read, 0);
      }
    } catch (IOException e) {
      // what was read before the damage may still tell
    }
    return new String(head, 0, filled, StandardCharsets.ISO_8859_1);
  }

  private static String uncompressed(String name) {
    return COMPRESSED.contains(extension(name)) ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= name.lastIndexOf('/') ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}

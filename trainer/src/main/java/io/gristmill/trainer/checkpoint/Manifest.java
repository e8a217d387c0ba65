package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The list of a checkpoint's files, {@value #NAME}, written after all of them: a folder without it
 * is not a checkpoint.
 *
 * @param fingerprint hash of what determines the contents: configuration, mixture and tokenizer
 */
public record Manifest(String fingerprint, List<Entry> files) {
  /** Its file name, the same for every stage. */
  public static final String NAME = "_MANIFEST.json";

  private static final int VERSION = 1;

  public Manifest {
    files = List.copyOf(files);
  }

  /** A file of the folder; {@code sha256} in lowercase hex. */
  public record Entry(String path, long length, String sha256) {}

  byte[] json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("version", VERSION).put("fingerprint", fingerprint);
    ArrayNode array = root.putArray("files");
    for (Entry file : files) {
      array
          .addObject()
          .put("path", file.path())
          .put("length", file.length())
          .put("sha256", file.sha256());
    }
    return Json.bytes(root);
  }

  /** Reads the manifest of {@code folder}. */
  static Manifest read(FileSystem files, Path folder) throws IOException {
    Path path = new Path(folder, NAME);
    JsonNode root;
    try {
      root = Json.read(files, path);
    } catch (FileNotFoundException e) {
      throw new IOException("%s has no %s: it was never completed".formatted(folder, NAME), e);
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : Json.entry(root, "files", path)) {
      entries.add(
          new Entry(
              Json.entry(node, "path", path).asText(),
              Json.entry(node, "length", path).asLong(),
              Json.entry(node, "sha256", path).asText()));
    }
    return new Manifest(Json.entry(root, "fingerprint", path).asText(), entries);
  }

  /**
   * Reads every file and compares it with the manifest.
   *
   * @throws IOException naming the first file that is missing, clipped or changed
   */
  void verify(FileSystem files, Path folder) throws IOException {
    verifyLengths(files, folder);
    for (Entry entry : files()) {
      Path path = new Path(folder, entry.path());
      String sha256 = sha256(files, path);
      if (!sha256.equals(entry.sha256())) {
        throw new IOException(
            "%s has SHA-256 %s, its manifest says %s".formatted(path, sha256, entry.sha256()));
      }
    }
  }

  /**
   * Compares every file's length with the manifest, without reading them.
   *
   * @throws IOException naming the first file that is missing or clipped
   */
  void verifyLengths(FileSystem files, Path folder) throws IOException {
    for (Entry entry : files()) {
      Path path = new Path(folder, entry.path());
      long length;
      try {
        length = files.getFileStatus(path).getLen();
      } catch (FileNotFoundException e) {
        throw new IOException("%s is missing".formatted(path), e);
      }
      if (length != entry.length()) {
        throw new IOException(
            "%s has %d bytes, its manifest says %d".formatted(path, length, entry.length()));
      }
    }
  }

  static String sha256(FileSystem files, Path path) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(files.open(path, 1 << 20), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of a text in lowercase hex. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

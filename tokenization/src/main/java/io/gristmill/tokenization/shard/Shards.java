package io.gristmill.tokenization.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** A folder of token shards on any Hadoop file system, described by its {@code shards.json}. */
public final class Shards {
  /** The name of the file that lists the others. */
  public static final String INDEX = "shards.json";

  /** How many bytes of row groups the readers of one folder keep: 256 MB. */
  public static final long CACHE_BYTES = 256L << 20;

  private final Path folder;
  private final ShardIndex index;
  private final Configuration configuration;
  private final RowGroupCache cache = new RowGroupCache(CACHE_BYTES);

  private Shards(Path folder, ShardIndex index, Configuration configuration) {
    this.folder = folder;
    this.index = index;
    this.configuration = configuration;
  }

  /**
   * Reads the index of a folder; no shard file is opened yet.
   *
   * @throws FileNotFoundException if the folder holds no {@code shards.json}
   * @throws IllegalArgumentException if it is damaged
   */
  public static Shards open(Path folder, Configuration configuration) throws IOException {
    Path path = new Path(folder, INDEX);
    FileSystem fileSystem = path.getFileSystem(configuration);
    if (!fileSystem.exists(path)) {
      throw new FileNotFoundException("%s is missing: tokenize first".formatted(path));
    }
    try (InputStream in = fileSystem.open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Shards(folder, ShardIndexJson.parse(text, path.toString()), configuration);
    }
  }

  /** Writes the index of a folder whose files are complete: the last step of making shards. */
  public static Shards publish(Path folder, ShardIndex index, Configuration configuration)
      throws IOException {
    Path path = new Path(folder, INDEX);
    try (OutputStream out = path.getFileSystem(configuration).create(path, true)) {
      out.write(ShardIndexJson.text(index).getBytes(StandardCharsets.UTF_8));
    }
    return new Shards(folder, index, configuration);
  }

  /**
   * The same shards under the names that mixtures shall call their domains by. The index is
   * replaced as a whole, so that a process that dies leaves the old one or the new one.
   *
   * @param names the new name of each domain of the documents; the others get theirs back
   * @throws IllegalArgumentException if there are no shards of a domain
   */
  public Shards withMixtureDomains(Map<String, String> names) throws IOException {
    ShardIndex named = index.withMixtureDomains(names);
    Path path = new Path(folder, INDEX);
    Path hidden = new Path(folder, "." + INDEX);
    FileContext files = FileContext.getFileContext(path.toUri(), configuration);
    try (OutputStream out =
        files.create(hidden, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE))) {
      out.write(ShardIndexJson.text(named).getBytes(StandardCharsets.UTF_8));
    }
    files.rename(hidden, path, Options.Rename.OVERWRITE);
    return new Shards(folder, named, configuration);
  }

  public Path folder() {
    return folder;
  }

  public ShardIndex index() {
    return index;
  }

  /** Random access to the tokens of one group; the caller closes it. */
  public ShardReader reader(ShardGroup group) {
    return new ShardReader(this, group);
  }

  /**
   * Stops when the shards were encoded by another tokenizer.
   *
   * @param sha256 of the canonical tokenizer.json
   */
  public void requireTokenizer(String sha256) {
    if (!index.tokenizerSha256().equals(sha256)) {
      throw new IllegalArgumentException(
          "%s was encoded with tokenizer %s, not with %s; tokenize again with this tokenizer"
              .formatted(new Path(folder, INDEX), index.tokenizerSha256(), sha256));
    }
  }

  /**
   * Reads every file and compares its length and hash with the index.
   *
   * @throws IOException naming the first file that is missing, cut short or changed
   */
  public void verify() throws IOException {
    for (ShardGroup group : index.groups()) {
      for (ShardFile file : group.files()) {
        verify(file);
      }
    }
  }

  private void verify(ShardFile file) throws IOException {
    Path path = status(file).getPath();
    MessageDigest digest = sha256();
    try (InputStream in =
        new DigestInputStream(path.getFileSystem(configuration).open(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(file.sha256())) {
      throw new IOException(
          "%s has SHA-256 %s, %s says %s: the file was changed; tokenize again"
              .formatted(path, found, INDEX, file.sha256()));
    }
  }

  /** The status of a file whose length is the one in the index. */
  FileStatus status(ShardFile file) throws IOException {
    Path path = new Path(folder, file.path());
    FileStatus status;
    try {
      status = path.getFileSystem(configuration).getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new IOException("%s is missing, %s lists it; tokenize again".formatted(path, INDEX), e);
    }
    if (status.getLen() != file.length()) {
      throw new IOException(
          "%s has %,d bytes, %s says %,d: the file was cut short or replaced; tokenize again"
              .formatted(path, status.getLen(), INDEX, file.length()));
    }
    return status;
  }

  Configuration configuration() {
    return configuration;
  }

  RowGroupCache cache() {
    return cache;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

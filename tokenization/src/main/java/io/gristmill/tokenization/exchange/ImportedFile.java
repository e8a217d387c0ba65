package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The documents of one file of another trainer, one after another. A document ends with the
 * end-of-text token, and in Megatron's files also where the index says so.
 */
final class ImportedFile implements Closeable {
  /** Longer documents are taken for a stream without ends: 67,108,864 tokens. */
  static final int MOST_TOKENS = 1 << 26;

  private final Path path;
  private final LittleEndianInput in;
  private final TokenWidth width;
  private final long count;
  private final Optional<MegatronIndex> index;
  private final int vocabularySize;
  private final int endOfText;
  private final Tokens tokens = new Tokens();
  private long read;
  private long end; // of the document, if no end-of-text token comes before
  private boolean openAtEnd;

  /**
   * @param count of the tokens that {@code in} has
   * @param openAtEnd whether a last document, even an empty one, ends with the file
   */
  private ImportedFile(
      Path path,
      LittleEndianInput in,
      TokenWidth width,
      long count,
      Optional<MegatronIndex> index,
      boolean openAtEnd,
      Tokenizer tokenizer) {
    this.path = path;
    this.in = in;
    this.width = width;
    this.count = count;
    this.index = index;
    this.openAtEnd = openAtEnd;
    this.vocabularySize = tokenizer.vocabularySize();
    this.endOfText = tokenizer.endOfText();
  }

  /**
   * @param path a {@code .bin}
   * @throws IllegalArgumentException naming file and byte, if it is not of this format, cut short,
   *     or does not fit its index
   */
  static ImportedFile open(
      Path path, TokenFormat format, Tokenizer tokenizer, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    return switch (format) {
      case MEGATRON -> megatron(fileSystem, path, tokenizer);
      case NANOGPT -> nanoGpt(fileSystem, path, tokenizer);
      case LLM_C -> llmC(fileSystem, path, tokenizer);
    };
  }

  private static ImportedFile megatron(FileSystem fileSystem, Path path, Tokenizer tokenizer)
      throws IOException {
    MegatronIndex index = MegatronIndex.open(fileSystem, index(path), path);
    var in = new LittleEndianInput(fileSystem, path, 0);
    TokenWidth width = index.type().width();
    return new ImportedFile(path, in, width, index.tokens(), Optional.of(index), false, tokenizer);
  }

  private static ImportedFile nanoGpt(FileSystem fileSystem, Path path, Tokenizer tokenizer)
      throws IOException {
    long length = fileSystem.getFileStatus(path).getLen();
    if (length % 2 != 0) {
      throw new IllegalArgumentException(
          "%s has %,d bytes, an odd number, and nanogpt's tokens have two each: the file was cut short or is of another format"
              .formatted(path, length));
    }
    var in = new LittleEndianInput(fileSystem, path, 0);
    return new ImportedFile(
        path, in, TokenWidth.U16, length / 2, Optional.empty(), false, tokenizer);
  }

  /** The end-of-text token begins a document here, so the last one ends with the file. */
  private static ImportedFile llmC(FileSystem fileSystem, Path path, Tokenizer tokenizer)
      throws IOException {
    LlmCHeader header = header(fileSystem, path, fileSystem.getFileStatus(path).getLen());
    int skipped = 0; // none in a file that goes on with a document of the file before it
    if (header.tokens() > 0) {
      try (var first = new LittleEndianInput(fileSystem, path, LlmCHeader.BYTES)) {
        skipped = id(first, header.width()) == tokenizer.endOfText() ? 1 : 0;
      }
    }
    long from = LlmCHeader.BYTES + (long) skipped * header.width().bytes();
    var in = new LittleEndianInput(fileSystem, path, from);
    long count = (long) header.tokens() - skipped;
    boolean openAtEnd = header.tokens() > 0;
    return new ImportedFile(
        path, in, header.width(), count, Optional.empty(), openAtEnd, tokenizer);
  }

  /** The index that belongs to a {@code .bin}. */
  static Path index(Path bin) {
    return new Path(bin.getParent(), bin.getName().replaceAll("\\.bin$", ".idx"));
  }

  private static LlmCHeader header(FileSystem fileSystem, Path path, long length)
      throws IOException {
    if (length < LlmCHeader.BYTES) {
      throw new IllegalArgumentException(
          "%s has %d bytes, the header of an llm.c file alone %d: the file was cut short; copy it again"
              .formatted(path, length, LlmCHeader.BYTES));
    }
    try (var in = new LittleEndianInput(fileSystem, path, 0)) {
      LlmCHeader header = LlmCHeader.of(in.bytes(LlmCHeader.BYTES), path.toString());
      long expected = LlmCHeader.BYTES + (long) header.tokens() * header.width().bytes();
      if (length != expected) {
        throw new IllegalArgumentException(
            "%s has %,d bytes, its header tells of %,d tokens, which are %,d bytes: the file was cut short; copy it again"
                .formatted(path, length, header.tokens(), expected));
      }
      return header;
    }
  }

  /** Goes on to the next document; false when there is none. */
  boolean next() throws IOException {
    tokens.clear();
    while (read < count) {
      if (read == end) {
        end = index.isPresent() ? index.get().nextEnd() : count;
        if (tokens.size() > 0) {
          tokens.add(endOfText);
          return true;
        }
      } else if (readToken() == endOfText) {
        return true;
      }
    }
    if (tokens.size() == 0 && !openAtEnd) {
      return false;
    }
    openAtEnd = false;
    tokens.add(endOfText);
    return true;
  }

  private int readToken() throws IOException {
    long at = in.position();
    int id = id(in, width);
    if (Integer.compareUnsigned(id, vocabularySize) >= 0) {
      throw new IllegalArgumentException(
          "%s at byte %d: the id %s is not below %d, the size of the vocabulary; give the tokenizer that made the file"
              .formatted(path, at, Integer.toUnsignedString(id), vocabularySize));
    }
    if (tokens.size() == MOST_TOKENS) {
      throw new IllegalArgumentException(
          "%s at byte %d: %,d tokens without the end-of-text token %d; give the tokenizer that made the file, or cut the document"
              .formatted(path, at, MOST_TOKENS, endOfText));
    }
    tokens.add(id);
    read++;
    return id;
  }

  private static int id(LittleEndianInput in, TokenWidth width) throws IOException {
    return width == TokenWidth.U16 ? in.nextUnsignedShort() : in.nextInt();
  }

  /** The tokens of the document, the end-of-text token last, until the next one is read. */
  Tokens tokens() {
    return tokens;
  }

  @Override
  public void close() throws IOException {
    in.close();
    if (index.isPresent()) {
      index.get().close();
    }
  }
}

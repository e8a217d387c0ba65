package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.shard.ShardDocuments;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Megatron's {@code .idx}, which tells where the sequences and documents of a {@code .bin} are:
 *
 * <pre>
 *   "MMIDIDX\0\0", u64 1, u8 type, u64 n sequences, u64 d,
 *   i32[n] tokens of each sequence, i64[n] its first byte in the .bin,
 *   i64[d] first sequence of each document and, last, n,
 *   perhaps i8[n] modes, which mean nothing here
 * </pre>
 *
 * It is read from front to back at three places at once, whatever its size.
 */
final class MegatronIndex implements Closeable {
  private static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final long VERSION = 1;
  private static final int HEADER = 34;

  private final String name;
  private final Type type;
  private final long sequences;
  private final long bytes;
  private final LittleEndianInput lengths;
  private final LittleEndianInput pointers;
  private final LittleEndianInput documents;
  private long sequence;
  private long nextByte;

  /**
   * How tokens lie in the {@code .bin}; of Megatron's eight types the two that it chooses itself.
   */
  enum Type {
    INT32(4, TokenWidth.U32),
    UINT16(8, TokenWidth.U16);

    private final int code;
    private final TokenWidth width;

    Type(int code, TokenWidth width) {
      this.code = code;
      this.width = width;
    }

    /** Megatron's own rule: DType.optimal_dtype. */
    static Type of(int vocabularySize) {
      return vocabularySize < 65_500 ? UINT16 : INT32;
    }

    TokenWidth width() {
      return width;
    }

    /** Tokens packed at the width of the shards, at the width of this type. */
    byte[] bytes(byte[] tokens, TokenWidth from) {
      if (from == width) {
        return tokens;
      }
      int count = tokens.length / from.bytes();
      byte[] widened = new byte[count * width.bytes()];
      for (int i = 0; i < count; i++) {
        width.pack(from.unpack(tokens, i), widened, i);
      }
      return widened;
    }
  }

  private MegatronIndex(
      String name,
      Type type,
      long sequences,
      long bytes,
      LittleEndianInput lengths,
      LittleEndianInput pointers,
      LittleEndianInput documents) {
    this.name = name;
    this.type = type;
    this.sequences = sequences;
    this.bytes = bytes;
    this.lengths = lengths;
    this.pointers = pointers;
    this.documents = documents;
  }

  /** Writes the index of a data set, each document a sequence. */
  static void write(DataSet set, Type type, TokenOutput out) throws IOException {
    long count = set.documents();
    out.write(MAGIC);
    out.writeLong(VERSION);
    out.writeByte(type.code);
    out.writeLong(count);
    out.writeLong(count + 1);
    try (ShardDocuments documents = set.lengths()) {
      while (documents.next()) {
        out.writeInt(documents.length());
      }
    }
    try (ShardDocuments documents = set.lengths()) {
      long pointer = 0;
      while (documents.next()) {
        out.writeLong(pointer);
        pointer += (long) documents.length() * type.width.bytes();
      }
    }
    for (long document = 0; document <= count; document++) {
      out.writeLong(document);
    }
  }

  /**
   * @param bin the file that the index tells of
   * @throws IllegalArgumentException naming file and byte, if it is no index or does not fit
   */
  static MegatronIndex open(FileSystem fileSystem, Path idx, Path bin) throws IOException {
    if (!fileSystem.exists(idx)) {
      throw new IllegalArgumentException(
          "%s has no %s beside it, which tells where its documents are; copy it too"
              .formatted(bin, idx.getName()));
    }
    long length = fileSystem.getFileStatus(idx).getLen();
    if (length < HEADER) {
      throw new IllegalArgumentException(
          "%s has %d bytes, the header alone %d: the file was cut short; copy it again"
              .formatted(idx, length, HEADER));
    }
    try (var header = new LittleEndianInput(fileSystem, idx, 0)) {
      byte[] magic = header.bytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new IllegalArgumentException(
            "%s at byte 0: does not begin with MMIDIDX; is it a Megatron index? Files of the older TNTIDX kind must be made again"
                .formatted(idx));
      }
      long version = header.nextLong();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "%s at byte 9: the version is %d, must be %d".formatted(idx, version, VERSION));
      }
      Type type = type(header.nextByte(), idx);
      long sequences = header.nextLong();
      long documents = header.nextLong();
      requireLength(idx, length, sequences, documents);
      long bytes = bytes(fileSystem, idx, sequences, type);
      long binLength = fileSystem.getFileStatus(bin).getLen();
      if (binLength != bytes) {
        throw new IllegalArgumentException(
            "%s has %,d bytes, %s tells of %,d: the file was cut short or belongs to another index; copy both again"
                .formatted(bin, binLength, idx.getName(), bytes));
      }
      long documentsAt = HEADER + 12 * sequences;
      requireEnds(fileSystem, idx, documentsAt, documents, sequences);
      return new MegatronIndex(
          idx.toString(),
          type,
          sequences,
          bytes,
          new LittleEndianInput(fileSystem, idx, HEADER),
          new LittleEndianInput(fileSystem, idx, HEADER + 4 * sequences),
          new LittleEndianInput(fileSystem, idx, documentsAt + 8));
    }
  }

  private static Type type(int code, Path idx) {
    for (Type type : Type.values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "%s at byte 17: the type of tokens is %d, must be 4 (int32) or 8 (uint16); write the data with one of these"
            .formatted(idx, code));
  }

  private static void requireLength(Path idx, long length, long sequences, long documents) {
    long most = length / 4;
    boolean sane = sequences >= 0 && sequences <= most && documents >= 1 && documents <= most;
    long expected = sane ? HEADER + 12 * sequences + 8 * documents : -1;
    if (!sane || (length != expected && length != expected + sequences)) {
      throw new IllegalArgumentException(
          "%s has %,d bytes, which does not fit the %,d sequences and %,d document indices of its header: the file was cut short; copy it again"
              .formatted(idx, length, sequences, documents));
    }
  }

  /** Bytes of the {@code .bin}: where its last sequence ends. */
  private static long bytes(FileSystem fileSystem, Path idx, long sequences, Type type)
      throws IOException {
    if (sequences == 0) {
      return 0;
    }
    try (var length = new LittleEndianInput(fileSystem, idx, HEADER + 4 * (sequences - 1));
        var pointer = new LittleEndianInput(fileSystem, idx, HEADER + 12 * sequences - 8)) {
      return pointer.nextLong() + (long) length.nextInt() * type.width.bytes();
    }
  }

  /** The documents begin with the first sequence and end with the last. */
  private static void requireEnds(
      FileSystem fileSystem, Path idx, long at, long documents, long sequences) throws IOException {
    try (var first = new LittleEndianInput(fileSystem, idx, at);
        var last = new LittleEndianInput(fileSystem, idx, at + 8 * (documents - 1))) {
      long begin = first.nextLong();
      long end = last.nextLong();
      if (begin != 0 || end != sequences) {
        throw new IllegalArgumentException(
            "%s at byte %d: the documents go from sequence %d to %d, must go from 0 to %d; copy the file again"
                .formatted(idx, at, begin, end, sequences));
      }
    }
  }

  Type type() {
    return type;
  }

  /** Tokens of the {@code .bin}. */
  long tokens() {
    return bytes / type.width.bytes();
  }

  /** The number of tokens before the end of the next document, from the beginning of the file. */
  long nextEnd() throws IOException {
    if (sequence == sequences) {
      return tokens();
    }
    long at = documents.position();
    long end = documents.nextLong();
    if (end < sequence || end > sequences) {
      throw new IllegalArgumentException(
          "%s at byte %d: a document ends with sequence %d, must be %d to %d; copy the file again"
              .formatted(name, at, end, sequence, sequences));
    }
    for (; sequence < end; sequence++) {
      long pointerAt = pointers.position();
      long pointer = pointers.nextLong();
      int length = lengths.nextInt();
      if (pointer != nextByte || length < 0) {
        throw new IllegalArgumentException(
            "%s at byte %d: sequence %d begins at byte %d with %d tokens, those before it end at byte %d; sequences must follow each other: write the data again with Megatron's merge_datasets.py"
                .formatted(name, pointerAt, sequence, pointer, length, nextByte));
      }
      nextByte += (long) length * type.width.bytes();
    }
    return nextByte / type.width.bytes();
  }

  @Override
  public void close() throws IOException {
    lengths.close();
    pointers.close();
    documents.close();
  }
}

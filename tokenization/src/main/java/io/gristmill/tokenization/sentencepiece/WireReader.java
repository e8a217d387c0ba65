package io.gristmill.tokenization.sentencepiece;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one message of the protocol buffer wire format, field by field. What is damaged is named by
 * file, field and byte.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the format</a>
 */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int begin;
  private final int end;
  private final String source;
  private final String message;
  private int position;
  private int start;
  private int field;
  private int wireType;

  /**
   * @param source what errors call the bytes
   */
  WireReader(byte[] bytes, String source) {
    this(bytes, 0, bytes.length, source, "");
  }

  private WireReader(byte[] bytes, int from, int to, String source, String message) {
    this.bytes = bytes;
    this.begin = from;
    this.position = from;
    this.end = to;
    this.source = source;
    this.message = message;
  }

  /** Goes on to the next field; false at the end of the message. */
  boolean next() {
    if (position == end) {
      start = begin;
      return false;
    }
    start = position;
    long key = varint("a field's number");
    field = (int) (key >>> 3);
    wireType = (int) (key & 7);
    if (key >>> 32 != 0 || field == 0) {
      throw damaged("a field's number", "is " + (key >>> 3));
    }
    return true;
  }

  int field() {
    return field;
  }

  WireReader message(String name) {
    int length = length(name);
    position += length;
    return new WireReader(
        bytes,
        position - length,
        position,
        source,
        message.isEmpty() ? name : message + "." + name);
  }

  byte[] bytes(String name) {
    int length = length(name);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  String text(String name) {
    int length = length(name);
    try {
      var utf8 = ByteBuffer.wrap(bytes, position, length);
      String text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      position += length;
      return text;
    } catch (CharacterCodingException e) {
      throw damaged(name, "is not UTF-8", e);
    }
  }

  boolean flag(String name) {
    return number(name) != 0;
  }

  long number(String name) {
    expect(VARINT, name);
    return varint(name);
  }

  float float32(String name) {
    expect(FIXED32, name);
    need(4, name);
    position += 4;
    return ByteBuffer.wrap(bytes, position - 4, 4).order(ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  /** Passes over a field that does not matter. */
  void skip() {
    String name = "field " + field;
    switch (wireType) {
      case VARINT -> varint(name);
      case FIXED64 -> advance(8, name);
      case LENGTH_DELIMITED -> advance(length(name), name);
      case FIXED32 -> advance(4, name);
      default -> throw damaged(name, "has the unknown wire type " + wireType);
    }
  }

  /** An error of the field at hand; after the last one, of the message. */
  IllegalArgumentException damaged(String name, String problem) {
    return damaged(name, problem, null);
  }

  private IllegalArgumentException damaged(String name, String problem, Throwable cause) {
    return new IllegalArgumentException(
        "%s: %s%s at byte %d %s"
            .formatted(source, message.isEmpty() ? "" : message + ".", name, start, problem),
        cause);
  }

  private void expect(int expected, String name) {
    if (wireType != expected) {
      throw damaged(name, "has wire type %d, must be %d".formatted(wireType, expected));
    }
  }

  private int length(String name) {
    expect(LENGTH_DELIMITED, name);
    long length = varint(name);
    if (length < 0 || length > end - position) {
      throw cutShort(name);
    }
    return (int) length;
  }

  private void advance(int count, String name) {
    need(count, name);
    position += count;
  }

  private void need(int count, String name) {
    if (count > end - position) {
      throw cutShort(name);
    }
  }

  private long varint(String name) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1, name);
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged(name, "is a number of more than 10 bytes");
  }

  private IllegalArgumentException cutShort(String name) {
    return damaged(name, "is cut short; copy the file again");
  }
}

package io.gristmill.tokenization.gguf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A GGUF file of version 3 without tensors: what llama.cpp calls a vocabulary-only model, enough to
 * tokenize with. All numbers are little-endian.
 */
public final class GgufVocabulary {
  private static final int VERSION = 3;

  private final DataOutputStream out;

  private GgufVocabulary(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /**
   * Writes the file.
   *
   * @param tokenizer keys and values of {@link GgufTokenizer#entries}
   * @param out where to; flushed, not closed
   */
  public static void write(Map<String, GgufValue> tokenizer, OutputStream out) throws IOException {
    var entries = new LinkedHashMap<String, GgufValue>();
    entries.put("general.architecture", new GgufValue.Text("llama"));
    entries.put("general.name", new GgufValue.Text("vocabulary"));
    entries.putAll(tokenizer);
    new GgufVocabulary(out).head(0, entries);
  }

  /** Everything before the descriptions of tensors. */
  static void writeHead(int tensors, Map<String, GgufValue> entries, OutputStream out)
      throws IOException {
    new GgufVocabulary(out).head(tensors, entries);
  }

  private void head(int tensors, Map<String, GgufValue> entries) throws IOException {
    out.writeBytes("GGUF");
    u32(VERSION);
    u64(tensors);
    u64(entries.size());
    for (Map.Entry<String, GgufValue> entry : entries.entrySet()) {
      text(entry.getKey());
      value(entry.getValue());
    }
    out.flush();
  }

  private void value(GgufValue value) throws IOException {
    switch (value) {
      case GgufValue.U32(int number) -> {
        u32(Type.U32);
        u32(number);
      }
      case GgufValue.F32(float number) -> {
        u32(Type.F32);
        u32(Float.floatToIntBits(number));
      }
      case GgufValue.Bool(boolean yes) -> {
        u32(Type.BOOL);
        out.writeBoolean(yes);
      }
      case GgufValue.Text(String text) -> {
        u32(Type.TEXT);
        text(text);
      }
      case GgufValue.Texts texts -> {
        list(Type.TEXT, texts.values().size());
        for (String text : texts.values()) {
          text(text);
        }
      }
      case GgufValue.I32s numbers -> {
        list(Type.I32, numbers.values().size());
        for (int number : numbers.values()) {
          u32(number);
        }
      }
    }
  }

  private void list(int type, int size) throws IOException {
    u32(Type.LIST);
    u32(type);
    u64(size);
  }

  private void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(UTF_8);
    u64(utf8.length);
    out.write(utf8);
  }

  private void u32(int number) throws IOException {
    out.writeInt(Integer.reverseBytes(number));
  }

  private void u64(long number) throws IOException {
    out.writeLong(Long.reverseBytes(number));
  }

  /** The numbers of the types in a file. */
  private static final class Type {
    static final int U32 = 4;
    static final int I32 = 5;
    static final int F32 = 6;
    static final int BOOL = 7;
    static final int TEXT = 8;
    static final int LIST = 9;

    private Type() {}
  }
}

package io.gristmill.tokenization.gguf;

import java.util.List;

/** A value of a key in a GGUF file, of the types that a tokenizer and its model need. */
public sealed interface GgufValue {
  /** An unsigned number of 32 bits. */
  record U32(int value) implements GgufValue {}

  /** A number with a fraction. */
  record F32(float value) implements GgufValue {}

  /** Yes or no. */
  record Bool(boolean value) implements GgufValue {}

  /** A text. */
  record Text(String value) implements GgufValue {}

  /** A list of texts. */
  record Texts(List<String> values) implements GgufValue {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** A list of signed numbers of 32 bits. */
  record I32s(List<Integer> values) implements GgufValue {
    public I32s {
      values = List.copyOf(values);
    }
  }
}

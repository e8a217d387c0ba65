package io.gristmill.tokenization;

import java.io.Serializable;
import java.util.List;

/**
 * The tokens that a tokenizer's file puts around a text, such as begin and end of sequence. They
 * are only added where asked for: documents are joined and ended by {@link Tokenizer#endOfText}.
 *
 * @param before ids before the text
 * @param after ids after it
 */
public record Template(List<Integer> before, List<Integer> after) implements Serializable {
  /** Adds nothing. */
  public static final Template NONE = new Template(List.of(), List.of());

  public Template {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** An encoder that puts the tokens around what {@code encoder} gives. */
  public Encoder around(Encoder encoder) {
    return (utf8, from, to, target) -> {
      before.forEach(target::add);
      encoder.encode(utf8, from, to, target);
      after.forEach(target::add);
    };
  }
}

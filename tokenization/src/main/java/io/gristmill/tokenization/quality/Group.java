package io.gristmill.tokenization.quality;

import java.io.Serializable;
import java.util.Comparator;

/**
 * What counts are kept apart by.
 *
 * @param heldOut whether the documents were kept out of training, the tokenizer's too
 * @param language BCP 47 tag
 * @param domain the mixture's unit
 */
public record Group(boolean heldOut, String language, String domain)
    implements Serializable, Comparable<Group> {
  private static final Comparator<Group> ORDER =
      Comparator.comparing(Group::heldOut)
          .thenComparing(Group::language)
          .thenComparing(Group::domain);

  @Override
  public int compareTo(Group other) {
    return ORDER.compare(this, other);
  }
}

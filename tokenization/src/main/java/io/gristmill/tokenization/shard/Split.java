package io.gristmill.tokenization.shard;

import java.util.Locale;

/** What a document is for: training, or validation of what was trained without it. */
public enum Split {
  TRAIN,
  VALIDATION;

  /** The name in paths and in shards.json. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split with this name. */
  static Split named(String key) {
    for (Split split : values()) {
      if (split.key().equals(key)) {
        return split;
      }
    }
    throw new IllegalArgumentException("split is %s, must be train or validation".formatted(key));
  }
}

package io.gristmill.tokenization.shard;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens of a document as the shards hold them: the name of its domain and a newline if they
 * are asked for, the text, the end-of-text token. The name is a text of its own, so that a prefix
 * changes no token of the text. For one thread.
 */
final class DocumentEncoder {
  private final Encoder encoder;
  private final boolean domainPrefix;
  private final int endOfText;
  private final Map<String, int[]> prefixes = new HashMap<>();
  private final Tokens tokens = new Tokens();

  DocumentEncoder(Tokenizer tokenizer, boolean domainPrefix) {
    this.encoder = tokenizer.encoder();
    this.domainPrefix = domainPrefix;
    this.endOfText = tokenizer.endOfText();
  }

  /** The tokens of a document, in memory that the next one overwrites. */
  Tokens encode(String domain, byte[] text) {
    tokens.clear();
    if (domainPrefix) {
      for (int id : prefixes.computeIfAbsent(domain, this::prefix)) {
        tokens.add(id);
      }
    }
    encoder.encode(text, 0, text.length, tokens);
    tokens.add(endOfText);
    return tokens;
  }

  private int[] prefix(String domain) {
    return encoder.encode((domain + "\n").getBytes(StandardCharsets.UTF_8));
  }
}

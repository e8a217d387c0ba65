package io.gristmill.tokenization.exchange;

import java.io.Serializable;

/**
 * Files of another trainer that become the shards of one domain and language.
 *
 * @param path a file or a folder, with all below it, on any Hadoop file system
 * @param domain the name that a mixture weighs these documents by
 * @param language as a BCP 47 tag
 */
public record ImportSource(String path, String domain, String language) implements Serializable {
  public ImportSource {
    if (path.isBlank() || domain.isBlank() || language.isBlank()) {
      throw new IllegalArgumentException(
          "an import from \"%s\" as domain \"%s\" and language \"%s\": none of them must be empty"
              .formatted(path, domain, language));
    }
  }
}

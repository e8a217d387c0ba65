package io.gristmill.curation.lists;

import io.gristmill.curation.language.Language;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A list of a profile.
 *
 * @param name what its value is called, which rules compare: lower-case letters, digits and {@code
 *     _}
 * @param kind what its entries are
 * @param files files, folders or globs on any Hadoop file system, plain or compressed (gzip, zstd,
 *     LZ4). Of a folder the files are taken that are called {@code domains}, {@code urls}, {@code
 *     hosts} or {@code *.txt} (and {@code .gz}, {@code .zst} of them), as UT1's folders have them
 * @param languages languages of the documents that a list of words is for, BCP 47 tags or what
 *     stands before their first hyphen; empty for all
 */
public record ListConfig(String name, ListKind kind, List<String> files, List<String> languages)
    implements Serializable {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  public ListConfig {
    files = List.copyOf(files);
    languages = List.copyOf(languages);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is '%s', must be lower-case letters, digits and _; adult_sites is one"
              .formatted(name));
    }
    if (files.isEmpty() || files.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "files of the list %s must name one or more files, folders or globs".formatted(name));
    }
    if (!languages.isEmpty() && kind != ListKind.WORDS) {
      throw new IllegalArgumentException(
          "languages of the list %s is for lists of kind words; an address has no language"
              .formatted(name));
    }
  }

  /** The names of what rules can compare: matches, and of words their share. */
  public List<String> values() {
    return kind == ListKind.WORDS ? List.of(name, share(name)) : List.of(name);
  }

  /** The name of the share of a list of words. */
  public static String share(String name) {
    return name + "_share";
  }

  /** Whether documents of a language are looked at. */
  boolean covers(String language) {
    return languages.isEmpty()
        || languages.stream().anyMatch(named -> Language.isOf(language, named));
  }
}

package io.gristmill.curation.source;

import java.io.Serializable;
import java.util.List;

/**
 * Which records of a source are read.
 *
 * @param cdx index files (CDX or CDXJ, plain or compressed) or globs of them: only the records that
 *     they name are read, by their offsets; none reads all
 * @param urls files of URLs, one a line: other pages are not extracted; none takes all
 */
public record Selection(List<String> cdx, List<String> urls) implements Serializable {
  public Selection {
    cdx = List.copyOf(cdx);
    urls = List.copyOf(urls);
  }

  /** Every record. */
  public static Selection all() {
    return new Selection(List.of(), List.of());
  }
}

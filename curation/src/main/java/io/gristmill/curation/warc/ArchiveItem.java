package io.gristmill.curation.warc;

import java.time.Instant;
import java.util.Optional;

/** What an archive file holds, in file order. {@code position} says where, for people. */
public sealed interface ArchiveItem {
  /**
   * Where it starts: an offset in the file, then {@code +offset} in a member that holds several.
   */
  String position();

  /**
   * A record with sound bounds.
   *
   * @param type {@code WARC-Type}; ARC records are {@code response}, {@code resource} or {@code
   *     warcinfo}
   * @param id {@code WARC-Record-ID}; empty where there is none
   * @param uri target; empty where there is none
   * @param date when it was fetched, if that can be parsed
   * @param contentType of the block
   * @param language {@code WARC-Identified-Content-Language}; empty where there is none
   * @param length bytes of the block
   * @param block the block, empty for types that hold no documents, cut at the longest length
   * @param truncated {@code WARC-Truncated}: why the crawler cut the payload off; empty if it did
   *     not
   * @param flaws what was odd in the header and could be read all the same; usually empty
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record ArchiveRecord(
      String position,
      String type,
      String id,
      String uri,
      Optional<Instant> date,
      String contentType,
      String language,
      long length,
      byte[] block,
      String truncated,
      String flaws)
      implements ArchiveItem {
    /** Whether the block is longer than what was kept of it. */
    public boolean overlong() {
      return block.length > 0 && block.length < length;
    }
  }

  /** Bytes {@code [from, to)} of the file in which no record could be read. */
  record Damage(String position, long from, long to, String reason, String detail)
      implements ArchiveItem {}
}

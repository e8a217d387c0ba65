package io.gristmill.curation.html;

import java.time.Instant;
import java.util.Optional;

/**
 * The text of a page and what the page says about itself. Absent text is the empty string.
 *
 * @param text paragraphs separated by an empty line, lines by a line feed; empty when the page has
 *     no such content
 * @param language as declared, such as {@code zh-CN}
 * @param robots the directives for robots, see {@link Terms}
 * @param licence address or text of the licence that the page names
 */
public record Extracted(
    String title,
    String text,
    String language,
    String canonicalUrl,
    Optional<Instant> published,
    String robots,
    String licence) {}

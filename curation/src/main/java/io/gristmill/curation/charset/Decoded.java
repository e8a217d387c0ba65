package io.gristmill.curation.charset;

/**
 * Text decoded from bytes.
 *
 * @param charset canonical name of the charset
 * @param evidence what decided for it: bom, http, meta, utf-8 (the bytes are strictly valid UTF-8),
 *     detector, default
 * @param replacementRate how much of the text is U+FFFD, 0 to 1
 */
public record Decoded(String text, String charset, String evidence, double replacementRate) {}

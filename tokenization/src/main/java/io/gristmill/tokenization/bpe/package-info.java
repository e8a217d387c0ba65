/**
 * Byte-pair encoding over UTF-8 bytes (Sennrich et al., arXiv 1508.07909): training from pretoken
 * counts, on one machine or counted by Spark, encoding in merge order, and decoding by bytes. Start
 * with {@link io.gristmill.tokenization.Tokenizer}.
 */
package io.gristmill.tokenization.bpe;

/**
 * Token ids and the bytes they stand for: the byte alphabet of byte-level BPE, the added tokens
 * (end of text, chat marks, reserved ids), and the dense table of both.
 */
package io.gristmill.tokenization.vocabulary;

/**
 * Tokenizer files of other programs: {@code tokenizer.json} and {@code tokenizer_config.json} of
 * Hugging Face. What a file says and we cannot do is an error that names it.
 */
package io.gristmill.tokenization.format;

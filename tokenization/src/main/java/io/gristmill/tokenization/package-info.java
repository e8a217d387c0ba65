/**
 * Text to token ids and back: what a tokenizer is. Its kinds, their training and files, and the
 * token shards that later stages read are the packages below.
 */
package io.gristmill.tokenization;

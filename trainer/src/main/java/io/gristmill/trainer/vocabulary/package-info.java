/**
 * A model follows its tokenizer: the tables of an existing model get rows for the tokens that an
 * extended tokenizer adds, made of the rows of the pieces that those tokens were before.
 */
package io.gristmill.trainer.vocabulary;

package io.gristmill.trainer.vocabulary;

/**
 * What became of a model whose vocabulary was extended.
 *
 * @param oldRows of its embedding
 * @param rows now, the padding included
 * @param newTokens that the extended tokenizer has more
 * @param piecesPerToken how many old ids stand for one of them, on average
 */
public record ExtendedModel(int oldRows, int rows, int newTokens, double piecesPerToken) {}

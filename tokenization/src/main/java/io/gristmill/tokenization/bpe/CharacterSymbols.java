package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * The characters of more than one byte that occur, each a symbol of its own from its first
 * occurrence on, although it becomes a token only in the course of training: a merge never joins a
 * whole character with part of another, so what happens inside a character depends on nothing but
 * how often it occurs in all.
 */
final class CharacterSymbols {
  private final int firstSymbol;
  private final int[] symbols = new int[Character.MAX_CODE_POINT + 1];
  private int[] characters = new int[1 << 10];
  private long[] counts = new long[1 << 10];
  private int[] ids = new int[1 << 10];
  private int size;

  /**
   * @param firstSymbol symbols of characters are this and more
   */
  CharacterSymbols(int firstSymbol) {
    this.firstSymbol = firstSymbol;
  }

  int size() {
    return size;
  }

  /** The symbol of a character, a new one at its first occurrence. */
  int symbol(int character) {
    int symbol = symbols[character];
    return symbol != 0 ? symbol : append(character);
  }

  private int append(int character) {
    if (size == characters.length) {
      characters = Arrays.copyOf(characters, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    characters[size] = character;
    ids[size] = Symbols.NONE;
    symbols[character] = firstSymbol + size;
    return firstSymbol + size++;
  }

  /** The character of a symbol. */
  int character(int symbol) {
    return characters[symbol - firstSymbol];
  }

  void count(int symbol, long count) {
    counts[symbol - firstSymbol] += count;
  }

  /** How often the character of a symbol occurs. */
  long count(int symbol) {
    return counts[symbol - firstSymbol];
  }

  /** The token id of a symbol, {@link Symbols#NONE} until the character is a token. */
  int id(int symbol) {
    return ids[symbol - firstSymbol];
  }

  void setId(int symbol, int id) {
    ids[symbol - firstSymbol] = id;
  }
}

package io.gristmill.curation.filter;

import java.util.BitSet;

/** What is looked for in a text. */
interface Finder {
  /** How long it is where it begins at a position, in code points; 0 where it does not. */
  int lengthAt(int[] text, int at);

  /** The code points that it can begin with, all in the Basic Multilingual Plane. */
  BitSet beginnings();
}

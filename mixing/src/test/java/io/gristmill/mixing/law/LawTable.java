package io.gristmill.mixing.law;

/** Prints the rows of the table of docs/laws.md as the tests measure them. */
public final class LawTable {
  private LawTable() {}

  public static void row(String law, String published, String ours) {
    System.out.println("| " + law + " | " + published + " | " + ours + " |");
  }
}

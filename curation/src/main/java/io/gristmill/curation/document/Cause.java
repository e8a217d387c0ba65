package io.gristmill.curation.document;

/**
 * Why a record is not kept; of a kept one only the detail. Absent strings are empty, absent numbers
 * NaN.
 *
 * @param reason a word for the ledger
 * @param signal what was measured
 * @param value what came out
 * @param threshold the bound beyond which it lies
 * @param detail for the reader of the row: a message, a content type, what was odd
 */
public record Cause(String reason, String signal, double value, double threshold, String detail) {
  /** A reason that nothing was measured for. */
  public static Cause of(String reason, String detail) {
    return new Cause(reason, "", Double.NaN, Double.NaN, detail);
  }
}

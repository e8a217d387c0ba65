package io.gristmill.jobs.report.data;

/**
 * A document shown with what became of it. Absent texts are empty, absent measures NaN.
 *
 * @param outcome {@code kept}, {@code rejected} or {@code failed}
 * @param group how many documents share outcome, language and reason
 * @param text its beginning, at most {@link Samples#TEXT} code points
 * @param characters code points of the whole text
 * @param signal what was measured
 * @param threshold what it was compared with
 * @param survivorId the document that stays in its place
 * @param survivorText the beginning of that document
 * @param similarity to the survivor, 0 to 1
 * @param detail the message of a failure
 */
public record Sample(
    String outcome,
    String language,
    String reason,
    long group,
    String id,
    String domain,
    String source,
    String url,
    String title,
    String text,
    long characters,
    String signal,
    double value,
    double threshold,
    String survivorId,
    String survivorText,
    double similarity,
    String detail) {
  Sample withSurvivorText(String beginning) {
    return new Sample(
        outcome,
        language,
        reason,
        group,
        id,
        domain,
        source,
        url,
        title,
        text,
        characters,
        signal,
        value,
        threshold,
        survivorId,
        beginning,
        similarity,
        detail);
  }
}

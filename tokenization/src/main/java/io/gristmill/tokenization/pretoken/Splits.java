package io.gristmill.tokenization.pretoken;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gristmill.tokenization.normalization.Utf8;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jcodings.specific.UTF8Encoding;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Regex;
import org.joni.Syntax;
import org.joni.exception.JOniException;
import org.joni.exception.TimeoutException;

/**
 * Cuts by regular expressions, each step cutting the pieces of the one before. The engine is a port
 * of Oniguruma, which Hugging Face itself uses. About ten times slower than a scanner, so only for
 * patterns that have none. A stretch of bytes that is not well-formed UTF-8 is a piece, and the
 * text on either side of it is cut by itself.
 */
public final class Splits implements Pretokenization {
  /**
   * No sane pattern takes longer over one match, even on a busy machine; one that does runs away.
   */
  private static final Duration LONGEST_MATCH = Duration.ofMinutes(1);

  /** Ruby's as Oniguruma has it: \s, \w and \d are those of Unicode. */
  private static final Syntax SYNTAX =
      new Syntax(
          "Oniguruma",
          Syntax.RUBY.op,
          Syntax.RUBY.op2,
          Syntax.RUBY.op3,
          Syntax.RUBY.behavior,
          Syntax.RUBY.options
              & ~(Option.ASCII_RANGE
                  | Option.POSIX_BRACKET_ALL_RANGE
                  | Option.WORD_BOUND_ALL_RANGE),
          Syntax.RUBY.metaCharTable);

  private final List<Split> steps;
  private final List<Regex> regexes;
  private final Duration longestMatch;

  /**
   * @throws IllegalArgumentException if a pattern is no regular expression, naming it
   */
  public Splits(List<Split> steps) {
    this(steps, LONGEST_MATCH);
  }

  Splits(List<Split> steps, Duration longestMatch) {
    this.steps = List.copyOf(steps);
    this.longestMatch = longestMatch;
    this.regexes = steps.stream().map(Splits::compiled).toList();
  }

  private static Regex compiled(Split step) {
    byte[] pattern = step.regex().getBytes(UTF_8);
    try {
      return new Regex(
          pattern, 0, pattern.length, Option.NONE, UTF8Encoding.INSTANCE, SYNTAX, message -> {});
    } catch (JOniException e) {
      throw new IllegalArgumentException(
          "\"%s\" is not a regular expression of Oniguruma (%s)"
              .formatted(step.pattern(), e.getMessage()),
          e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(
          "a regular expression of %d characters is nested too deeply"
              .formatted(step.pattern().length()),
          e);
    }
  }

  /** The steps, in their order. */
  public List<Split> steps() {
    return steps;
  }

  @Override
  public String name() {
    return steps.stream().map(Split::pattern).collect(Collectors.joining(", ", "regex ", ""));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Splits that && steps.equals(that.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  @Override
  public Cutter cutter() {
    return (utf8, from, to, piece) -> {
      for (int i = from; i < to; ) {
        int text = Utf8.wellFormedEnd(utf8, i, to);
        if (text > i) {
          cutText(utf8, i, text).forEach(span -> piece.accept(span.from, span.to));
        }
        i = Utf8.illFormedEnd(utf8, text, to);
        if (i > text) {
          piece.accept(text, i);
        }
      }
    };
  }

  /** Bytes from {@code from} to {@code to}, and whether a pattern matched them. */
  private record Span(int from, int to, boolean match) {
    Span upTo(int end) {
      return new Span(from, end, match);
    }
  }

  private List<Span> cutText(byte[] utf8, int from, int to) {
    List<Span> spans = List.of(new Span(from, to, false));
    for (int step = 0; step < steps.size(); step++) {
      var next = new ArrayList<Span>();
      for (Span span : spans) {
        for (Span piece : pieces(steps.get(step), matches(utf8, span, step))) {
          if (piece.to > piece.from) {
            next.add(piece);
          }
        }
      }
      spans = next;
    }
    return spans;
  }

  /** Matches and what lies between them, as the regex finds them from left to right. */
  private List<Span> matches(byte[] utf8, Span text, int step) {
    boolean inverted = steps.get(step).inverted();
    var spans = new ArrayList<Span>();
    Matcher matcher = regexes.get(step).matcher(utf8, text.from, text.to, longestMatch.toNanos());
    int previous = text.from;
    int start = text.from;
    while (start <= text.to && search(matcher, start, text, step)) {
      int begin = matcher.getBegin() + text.from;
      int end = matcher.getEnd() + text.from;
      if (begin == end && !spans.isEmpty() && begin == previous) {
        // Nothing, right after a match, is no match: look again from the next character on.
        start = begin < text.to ? begin + Utf8.length(utf8, begin, text.to) : text.to + 1;
        continue;
      }
      if (begin > previous) {
        spans.add(new Span(previous, begin, inverted));
      }
      spans.add(new Span(begin, end, !inverted));
      previous = end;
      start = end;
    }
    if (previous < text.to) {
      spans.add(new Span(previous, text.to, inverted));
    }
    return spans;
  }

  private boolean search(Matcher matcher, int start, Span text, int step) {
    int found;
    try {
      found = matcher.searchInterruptible(start, text.to, Option.NONE);
    } catch (TimeoutException | JOniException | StackOverflowError | OutOfMemoryError e) {
      throw runsAway(step, text, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while cutting text", e);
    }
    return found >= 0;
  }

  private IllegalStateException runsAway(int step, Span text, Throwable cause) {
    return new IllegalStateException(
        "the regular expression \"%s\" runs away on a text of %d bytes; replace it in the tokenizer, or leave out that text"
            .formatted(steps.get(step).pattern(), text.to - text.from),
        cause);
  }

  private static List<Span> pieces(Split step, List<Span> spans) {
    return switch (step.behavior()) {
      case ISOLATED -> spans;
      case REMOVED -> spans.stream().filter(span -> !span.match).toList();
      case CONTIGUOUS -> joined(spans, (before, span) -> before == span.match);
      case MERGED_WITH_PREVIOUS -> joined(spans, (before, span) -> !before && span.match);
      case MERGED_WITH_NEXT -> joinedToNext(spans);
    };
  }

  /** Whether a span joins the one before, told whether that one is a match. */
  private interface Joins {
    boolean test(boolean matchBefore, Span span);
  }

  private static List<Span> joined(List<Span> spans, Joins joins) {
    var pieces = new ArrayList<Span>();
    boolean before = false;
    for (Span span : spans) {
      if (!pieces.isEmpty() && joins.test(before, span)) {
        pieces.add(pieces.removeLast().upTo(span.to));
      } else {
        pieces.add(span);
      }
      before = span.match;
    }
    return pieces;
  }

  private static List<Span> joinedToNext(List<Span> spans) {
    var pieces = new ArrayList<Span>();
    boolean after = false;
    for (Span span : spans.reversed()) {
      if (!pieces.isEmpty() && span.match && !after) {
        pieces.add(new Span(span.from, pieces.removeLast().to, false));
      } else {
        pieces.add(span);
      }
      after = span.match;
    }
    return pieces.reversed();
  }
}

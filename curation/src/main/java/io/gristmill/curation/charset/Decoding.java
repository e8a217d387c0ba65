package io.gristmill.curation.charset;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes the bytes of a page or a text. Declarations lie, so each is believed only as far as the
 * bytes agree: a byte-order mark decides; bytes that are UTF-8 are UTF-8 whatever is declared; else
 * the HTTP header, then the meta element, is taken if the text it gives is nearly as plausible as
 * the best that any charset gives. ISO-8859-1 of the header hardly counts.
 */
public final class Decoding {
  /** Bytes looked at to compare charsets; all of them are decoded in the end. */
  private static final int SAMPLED = 1 << 16;

  /** A declared charset is taken when its text is this plausible, relative to the best. */
  private static final double NEARLY = 0.7;

  /**
   * The same for ISO-8859-1 of the HTTP header: servers say so of whatever they know nothing of.
   */
  private static final double ALMOST = 0.9;

  private Decoding() {}

  /**
   * Decodes bytes in the charset that the evidence is for.
   *
   * @param http the label of the HTTP header; may be empty
   */
  public static Decoded decode(byte[] bytes, String http) {
    Optional<Decoded> marked = byMark(bytes);
    if (marked.isPresent()) {
      return marked.get();
    }
    Optional<Charset> wide = Utf16.withoutMark(bytes);
    if (wide.isPresent()) {
      return decoded(bytes, 0, wide.get(), "detector");
    }
    Utf8Check utf8 = Utf8Check.of(bytes);
    if (utf8.ascii()) {
      return shiftsToJapanese(bytes)
          ? decoded(bytes, 0, Labels.ISO_2022_JP, "detector")
          : decoded(bytes, 0, StandardCharsets.UTF_8, "utf-8");
    }
    if (utf8.holds()) {
      return decoded(bytes, 0, StandardCharsets.UTF_8, "utf-8");
    }
    return byComparison(bytes, http);
  }

  private static Optional<Decoded> byMark(byte[] bytes) {
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
      return Optional.of(decoded(bytes, 3, StandardCharsets.UTF_8, "bom"));
    }
    if (startsWith(bytes, 0xff, 0xfe)) {
      return Optional.of(decoded(bytes, 2, StandardCharsets.UTF_16LE, "bom"));
    }
    if (startsWith(bytes, 0xfe, 0xff)) {
      return Optional.of(decoded(bytes, 2, StandardCharsets.UTF_16BE, "bom"));
    }
    if (startsWith(bytes, 0x84, 0x31, 0x95, 0x33)) {
      return Optional.of(decoded(bytes, 4, Labels.GB18030, "bom"));
    }
    return Optional.empty();
  }

  private static Decoded byComparison(byte[] bytes, String http) {
    byte[] sample = sample(bytes);
    Map<Charset, Candidate> candidates = new LinkedHashMap<>();
    Optional<Charset> served = Labels.charset(http);
    served
        .filter(charset -> !charset.equals(Labels.WINDOWS_1252))
        .ifPresent(charset -> candidates.put(charset, new Candidate("http", NEARLY)));
    Labels.charset(Declaration.label(bytes))
        .ifPresent(charset -> candidates.putIfAbsent(charset, new Candidate("meta", NEARLY)));
    served.ifPresent(charset -> candidates.putIfAbsent(charset, new Candidate("http", ALMOST)));
    var detector = new Candidate("detector", 1);
    for (Charset charset :
        new Charset[] {
          Labels.GB18030, Labels.BIG5, Labels.EUC_JP, Labels.SHIFT_JIS, Labels.EUC_KR, Labels.EUC_TW
        }) {
      candidates.putIfAbsent(charset, detector);
    }
    detected(sample).ifPresent(charset -> candidates.putIfAbsent(charset, detector));
    candidates.putIfAbsent(StandardCharsets.UTF_8, new Candidate("default", 1));

    Map<Charset, Double> scores = new LinkedHashMap<>();
    candidates.keySet().forEach(charset -> scores.put(charset, score(sample, charset)));
    double best = scores.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    Charset chosen = StandardCharsets.UTF_8;
    for (var score : scores.entrySet()) {
      if (score.getValue() >= candidates.get(score.getKey()).share() * best) {
        chosen = score.getKey();
        break;
      }
    }
    return decoded(bytes, 0, chosen, candidates.get(chosen).evidence());
  }

  /**
   * Why a charset may be the one.
   *
   * @param share of the best plausibility from which it is taken
   */
  private record Candidate(String evidence, double share) {}

  private static double score(byte[] sample, Charset charset) {
    return Plausibility.of(new String(sample, charset));
  }

  private static Optional<Charset> detected(byte[] sample) {
    CharsetDetector detector = new CharsetDetector();
    detector.enableInputFilter(true); // without tags, where there are any
    detector.setText(sample);
    CharsetMatch match = detector.detect();
    return match == null ? Optional.empty() : Labels.charset(match.getName());
  }

  /** From shortly before the first byte beyond ASCII: what comes earlier tells nothing. */
  private static byte[] sample(byte[] bytes) {
    int first = 0;
    while (first < bytes.length && bytes[first] >= 0) {
      first++;
    }
    return Arrays.copyOfRange(bytes, first, Math.min(bytes.length, first + SAMPLED));
  }

  private static boolean shiftsToJapanese(byte[] bytes) {
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == 0x1b && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
        return true;
      }
    }
    return false;
  }

  private static Decoded decoded(byte[] bytes, int from, Charset charset, String evidence) {
    String text = new String(bytes, from, bytes.length - from, charset);
    long replaced = text.chars().filter(c -> c == '\ufffd').count();
    return new Decoded(
        text, charset.name(), evidence, (double) replaced / Math.max(1, text.length()));
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}

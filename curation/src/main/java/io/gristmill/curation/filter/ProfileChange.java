package io.gristmill.curation.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody would like to know of a profile: another profile by its name, or one bound of its
 * rules changed: {@code gopher}, {@code words.min=30}, {@code gopher.min-words=30}, {@code
 * en.words.min=30}, {@code words=off}.
 */
public final class ProfileChange {
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?:(?<language>\\*|[a-z]{2,3}(?:-Han[st])?)\\.)?(?:(?<bound>min|max)-(?<named>[a-z0-9_-]+)|(?<reason>[a-z0-9_-]+)\\.(?<side>min|max)|(?<off>[a-z0-9_-]+))=(?<value>.+)");

  private ProfileChange() {}

  /**
   * A profile with some changes, in their order.
   *
   * @param named finds other profiles by their names; those of {@link Profiles#names} are asked for
   * @throws IllegalArgumentException if a change is none, or no rule has its reason
   */
  public static Profile changed(
      Profile profile, List<String> changes, Function<String, Profile> named) {
    Profile changed = profile;
    for (String change : changes) {
      String rest = change;
      for (String name : Profiles.names()) {
        if (change.equals(name) || change.startsWith(name + ".")) {
          changed = changed.name().equals(name) ? changed : named.apply(name);
          rest = change.substring(Math.min(change.length(), name.length() + 1));
        }
      }
      changed = rest.isEmpty() ? changed : changed(changed, rest, change);
    }
    return changed;
  }

  private static Profile changed(Profile profile, String change, String whole) {
    Matcher matcher = CHANGE.matcher(change);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "what-if is %s, must be a profile or a changed bound, as gopher, words.min=30, gopher.min-words=30, en.words.min=30 or words=off"
              .formatted(whole));
    }
    String reason = given(matcher, "named", "reason", "off").replace('-', '_');
    Map<String, List<Rule>> rules = new TreeMap<>(profile.rules());
    boolean found = false;
    for (Map.Entry<String, List<Rule>> entry : profile.rules().entrySet()) {
      String language = matcher.group("language");
      if (language != null && !language.equals(entry.getKey())) {
        continue;
      }
      List<Rule> changed = new ArrayList<>();
      for (Rule rule : entry.getValue()) {
        boolean meant = rule.reason().equals(reason);
        found |= meant;
        if (!meant) {
          changed.add(rule);
        } else if (matcher.group("off") == null) {
          changed.add(bound(rule, given(matcher, "bound", "side"), number(matcher, whole)));
        } else if (!matcher.group("value").equals("off")) {
          throw new IllegalArgumentException(
              "what-if is %s, must say which bound: %s.min, %s.max, or %s=off"
                  .formatted(whole, reason, reason, reason));
        }
      }
      rules.put(entry.getKey(), changed);
    }
    if (!found) {
      throw new IllegalArgumentException(
          "what-if is %s, but no rule of %s has the reason %s; there are %s"
              .formatted(whole, profile.name(), reason, reasons(profile)));
    }
    return new Profile(profile.name(), rules, profile.lines(), profile.lists());
  }

  private static Rule bound(Rule rule, String side, double value) {
    boolean min = side.equals("min");
    return new Rule(
        rule.reason(),
        rule.signal(),
        min ? value : rule.min(),
        min ? rule.max() : value,
        rule.source());
  }

  private static double number(Matcher matcher, String whole) {
    try {
      return Double.parseDouble(matcher.group("value"));
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "what-if is %s, must end in a number".formatted(whole), noNumber);
    }
  }

  private static String given(Matcher matcher, String... groups) {
    for (String group : groups) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    throw new IllegalStateException("one of the groups is always there");
  }

  private static String reasons(Profile profile) {
    return String.join(
        ", ",
        profile.rules().values().stream()
            .flatMap(List::stream)
            .map(Rule::reason)
            .distinct()
            .sorted()
            .toList());
  }
}

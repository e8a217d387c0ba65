package io.gristmill.jobs;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a run begins to look.
 *
 * @param stage the first stage
 * @param filter of curate, only what follows on what was measured: no source is looked at
 */
record Start(StageName stage, boolean filter) {
  static final String FILTER = "filter";
  static final Start FIRST = new Start(StageName.CURATE, false);

  /** By the name of a stage, or {@code filter}. */
  static final class Converter implements ITypeConverter<Start> {
    @Override
    public Start convert(String name) {
      if (name.equals(FILTER)) {
        return new Start(StageName.CURATE, true);
      }
      return Arrays.stream(StageName.values())
          .filter(stage -> stage.toString().equals(name))
          .findFirst()
          .map(stage -> new Start(stage, false))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no stage; there are %s"
                          .formatted(name, String.join(", ", names()))));
    }
  }

  /** What can be given, in order. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  private static List<String> names() {
    return Stream.concat(
            Stream.of(StageName.CURATE.toString(), FILTER),
            Stream.of(StageName.values()).skip(1).map(StageName::toString))
        .toList();
  }

  @Override
  public String toString() {
    return filter ? FILTER : stage.toString();
  }
}

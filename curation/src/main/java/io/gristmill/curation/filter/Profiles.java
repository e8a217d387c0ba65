package io.gristmill.curation.filter;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The profiles that come with the program, and those of the user, all of them YAML. */
public final class Profiles {
  private static final List<String> NAMES =
      List.of(
          "c4",
          "code",
          "fineweb",
          "fineweb2-zh",
          "gopher",
          "gristmill",
          "map-cc",
          "none",
          "reference-docs",
          "refinedweb");

  private Profiles() {}

  /** The names of those that come with the program. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Whether a profile can be looked for under this name: one of {@link #names}, or a path that ends
   * in {@code .yaml} or {@code .yml}.
   *
   * @throws IllegalArgumentException if not
   */
  public static void check(String name) {
    if (name.equals("web")) {
      throw new IllegalArgumentException("profile is web, which is called gristmill now");
    }
    if (!NAMES.contains(name) && !isPath(name)) {
      throw new IllegalArgumentException(
          "profile is %s, must be one of %s, or the path of a .yaml file; gristmill is usual for crawls"
              .formatted(name, String.join(", ", NAMES)));
    }
  }

  /** One of those that come with the program. */
  public static Profile named(String name) {
    check(name);
    String resource = name + ".yaml";
    try (InputStream in = Profiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "profile is %s, must be one of %s".formatted(name, String.join(", ", NAMES)));
      }
      return ProfileReader.read(resource, name, text(in), Set.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the profile " + name, e);
    }
  }

  /**
   * One of those that come with the program, or a file on any Hadoop file system.
   *
   * @param scores the names of the configured scores, which rules may read
   * @throws io.gristmill.curation.yaml.ConfigurationException with every problem of the file
   * @throws IllegalArgumentException if there is no such file
   */
  public static Profile read(String name, Set<String> scores, Configuration hadoop) {
    if (!isPath(name)) {
      return named(name);
    }
    Path path = new Path(name);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return ProfileReader.read(name, name, text(in), scores);
    } catch (FileNotFoundException absent) {
      throw new IllegalArgumentException(
          "profile is %s, and there is no such file; built in are %s"
              .formatted(name, String.join(", ", NAMES)),
          absent);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the profile " + name, e);
    }
  }

  private static boolean isPath(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}

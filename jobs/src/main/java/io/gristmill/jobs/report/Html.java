package io.gristmill.jobs.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of a page: an attribute or a node. Text and attribute values are escaped when they are
 * written ({@link HtmlWriter}), so nothing that a document or a model says can become mark-up.
 */
sealed interface Html {
  /** Names of elements and attributes are ours, never data. */
  Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9:-]*");

  /** Name and value in a start tag. */
  record Attribute(String name, String value) implements Html {
    public Attribute {
      requireName(name);
    }
  }

  /** What stands between tags. */
  sealed interface Node extends Html {}

  /** A tag with what is in it. */
  record Element(String name, List<Attribute> attributes, List<Node> children) implements Node {
    public Element {
      requireName(name);
      attributes = List.copyOf(attributes);
      children = List.copyOf(children);
    }
  }

  /** Characters to be shown as they are. */
  record Text(String characters) implements Node {}

  /** Nodes one after the other, without a tag around them. */
  record Fragment(List<Node> nodes) implements Node {
    public Fragment {
      nodes = List.copyOf(nodes);
    }
  }

  /** A style sheet or script of our own, from a resource beside this class; never data. */
  record Asset(String source) implements Node {
    public Asset {
      if (source.indexOf('<') >= 0 || source.indexOf('&') >= 0) {
        throw new IllegalArgumentException(
            "a style sheet or script holds '<' or '&', which HTML and XML read differently;"
                + " write it without");
      }
    }
  }

  /**
   * An element.
   *
   * @param selector its name and classes as in CSS: {@code p} or {@code p.lede.wide}
   * @param parts attributes and children, in order
   */
  static Element tag(String selector, Html... parts) {
    List<String> words = Arrays.asList(selector.split("\\."));
    var attributes = new ArrayList<Attribute>();
    var children = new ArrayList<Node>();
    if (words.size() > 1) {
      attributes.add(new Attribute("class", String.join(" ", words.subList(1, words.size()))));
    }
    for (Html part : parts) {
      switch (part) {
        case Attribute attribute -> attributes.add(attribute);
        case Node node -> children.add(node);
      }
    }
    return new Element(words.getFirst(), attributes, children);
  }

  /** An element that holds a text only. */
  static Element tag(String selector, String text) {
    return tag(selector, text(text));
  }

  static Attribute at(String name, String value) {
    return new Attribute(name, value);
  }

  static Text text(String characters) {
    return new Text(characters);
  }

  static Fragment all(List<? extends Node> nodes) {
    return new Fragment(List.copyOf(nodes));
  }

  static Fragment all(Node... nodes) {
    return new Fragment(List.of(nodes));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of an element or attribute".formatted(name));
    }
  }
}

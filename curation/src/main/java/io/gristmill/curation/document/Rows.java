package io.gristmill.curation.document;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sequences that are made as they are read, one element in memory at a time. */
public final class Rows {
  private Rows() {}

  /** One element for each. */
  public static <A, B> Iterator<B> map(Iterator<A> from, Function<A, B> each) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return from.hasNext();
      }

      @Override
      public B next() {
        return each.apply(from.next());
      }
    };
  }

  /** Any number of elements for each. */
  public static <A, B> Iterator<B> flatMap(Iterator<A> from, Function<A, Iterator<B>> each) {
    return flatMap(from, each, Collections::emptyIterator);
  }

  /**
   * Any number of elements for each, and some after the last.
   *
   * @param last called once, when all others have been taken
   */
  public static <A, B> Iterator<B> flatMap(
      Iterator<A> from, Function<A, Iterator<B>> each, Supplier<Iterator<B>> last) {
    return new Iterator<>() {
      private Iterator<B> current = Collections.emptyIterator();
      private boolean ended;

      @Override
      public boolean hasNext() {
        while (!current.hasNext() && !ended) {
          if (from.hasNext()) {
            current = each.apply(from.next());
          } else {
            current = last.get();
            ended = true;
          }
        }
        return current.hasNext();
      }

      @Override
      public B next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no element is left");
        }
        return current.next();
      }
    };
  }
}

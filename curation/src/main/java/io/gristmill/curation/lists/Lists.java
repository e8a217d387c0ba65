package io.gristmill.curation.lists;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * The lists of a profile. Read on the driver and broadcast, so that every executor holds one copy
 * of the same bytes.
 */
public final class Lists implements Serializable {
  private static final long serialVersionUID = 1;

  private final DocumentList[] lists;

  private Lists(List<DocumentList> lists) {
    this.lists = lists.toArray(DocumentList[]::new);
  }

  /** No list. */
  public static Lists none() {
    return new Lists(List.of());
  }

  /**
   * Reads all files of all lists.
   *
   * @throws IllegalArgumentException naming the list, or file and line, of what cannot be read
   */
  public static Lists read(List<ListConfig> configs, Configuration hadoop) {
    List<DocumentList> lists = new ArrayList<>();
    for (ListConfig config : configs) {
      EntrySink sink =
          switch (config.kind()) {
            case URL -> UrlList.named(config.name());
            case URL_WORDS -> new UrlWords.Builder(config.name());
            case URL_PARTS -> new UrlParts.Builder(config.name());
            case WORDS -> new TextWords.Builder(config);
          };
      for (FileStatus file : ListFiles.of(config, hadoop)) {
        ListFiles.read(file, hadoop, sink::add);
      }
      lists.add(sink.list());
    }
    return new Lists(lists);
  }

  /**
   * What each list says about a document, in the order of the profile; a list of words that is not
   * for its language says nothing.
   *
   * @param url its address, may be empty
   * @param language its BCP 47 tag
   */
  public List<Listed> of(String url, String text, String language) {
    if (lists.length == 0) {
      return List.of();
    }
    List<Listed> listed = new ArrayList<>(lists.length);
    Address address = Address.of(url);
    ListedText words = null;
    for (DocumentList list : lists) {
      switch (list) {
        case TextWords entries -> {
          if (entries.config().covers(language)) {
            words = words == null ? ListedText.of(text) : words;
            listed.add(entries.of(address, words));
          }
        }
        case UrlList _, UrlWords _, UrlParts _ -> {
          if (!url.isEmpty()) {
            listed.add(list.of(address, words));
          }
        }
      }
    }
    return listed;
  }

  /** The files of all lists, for a fingerprint: what a run depends on. */
  public static List<FileStatus> files(List<ListConfig> configs, Configuration hadoop) {
    return configs.stream().flatMap(config -> ListFiles.of(config, hadoop).stream()).toList();
  }
}

package io.gristmill.trainer.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * oneDNN's library and the OpenMP that it needs, unpacked from the class path into a folder that
 * nobody else can write. What a process has loaded it needs no files for, so they are removed then.
 */
record OneDnnFiles(Path folder) implements AutoCloseable {
  private static final String PLACE = "org/bytedeco/dnnl/linux-x86_64/";
  private static final String LIBRARY = "libdnnl.so.3";
  private static final List<String> NAMES = List.of("libgomp.so.1", LIBRARY);

  /**
   * Unpacks.
   *
   * @throws IllegalArgumentException if the class path has no such library
   */
  static OneDnnFiles unpack(ClassLoader loader) throws IOException {
    if (loader.getResource(PLACE + LIBRARY) == null) {
      throw new IllegalArgumentException(
          "precision bf16 needs oneDNN %s, which is not on the class path; add --jars %s, or set pretrain.precision to fp32"
              .formatted(OneDnn.VERSION, OneDnn.JAR));
    }
    var files = new OneDnnFiles(Files.createTempDirectory("gristmill-onednn"));
    try {
      for (String name : NAMES) {
        try (InputStream in = loader.getResourceAsStream(PLACE + name)) {
          if (in != null) { // an OpenMP of the system will do
            Files.copy(in, files.folder.resolve(name));
          }
        }
      }
    } catch (IOException e) {
      files.close();
      throw e;
    }
    return files;
  }

  Path library() {
    return folder.resolve(LIBRARY);
  }

  @Override
  public void close() throws IOException {
    for (String name : NAMES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}

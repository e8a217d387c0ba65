package io.gristmill.trainer.spark;

/**
 * How many workers there are, and threads of each.
 *
 * @param taskCores cores that Spark reserves for a worker; 0 in local mode, where it reserves one
 */
record Placement(int workers, int threads, int taskCores) {
  /**
   * What Spark has to give.
   *
   * @param local whether tasks are threads of the driver
   * @param executors processes that run tasks; 1 in local mode
   * @param cores of each
   */
  record Cluster(boolean local, int executors, int cores) {
    int allCores() {
      return executors * cores;
    }

    @Override
    public String toString() {
      return local
          ? "this process has %d cores (local mode)".formatted(cores)
          : "the cluster has %d executors with %d cores each".formatted(executors, cores);
    }
  }

  /**
   * Chooses what the configuration leaves open.
   *
   * @param slots of the run: no more workers than slots
   * @throws IllegalArgumentException in local mode or with nothing left open, if there is too
   *     little
   */
  static Placement of(WorkersConfig config, Cluster cluster, int slots) {
    int workers = config.workers();
    if (workers == 0) {
      workers = cluster.local() ? 1 : Integer.highestOneBit(Math.max(1, cluster.executors()));
      workers = Math.min(workers, slots);
      if (workers < config.minimum()) {
        throw new IllegalArgumentException(
            "training wants workers.minimum %d workers at least, and there is room for %d; %s. Start more executors (spark.executor.instances, spark.cores.max), or lower workers.minimum"
                .formatted(config.minimum(), workers, cluster));
      }
    }
    if (workers > slots) {
      throw new IllegalArgumentException(
          "workers.workers is %d, must be at most pretrain.slots %d; raise pretrain.slots or lower workers.workers"
              .formatted(workers, slots));
    }
    int perExecutor = Math.ceilDiv(workers, Math.max(1, cluster.executors()));
    int threads = config.threads();
    if (threads == 0) {
      threads = Math.max(1, cluster.cores() / perExecutor);
    }
    int cores = cluster.local() ? 1 : threads;
    if (cluster.executors() * (cluster.cores() / cores) < workers) {
      throw new IllegalArgumentException(tooFew(workers, cores, cluster));
    }
    return new Placement(workers, threads, cluster.local() ? 0 : threads);
  }

  private static String tooFew(int workers, int cores, Cluster cluster) {
    String mend =
        cluster.local()
            ? "use --master local[%d], or set workers.workers to %d"
                .formatted(workers, Integer.highestOneBit(Math.max(1, cluster.cores())))
            : "start more executors (spark.executor.instances, spark.cores.max), or set workers.workers to %d or workers.threads to %d"
                .formatted(
                    Integer.highestOneBit(
                        Math.max(1, cluster.executors() * (cluster.cores() / cores))),
                    Math.max(
                        1,
                        cluster.cores() / Math.ceilDiv(workers, Math.max(1, cluster.executors()))));
    return "training needs %d slots of %d cores at the same time; %s. %s"
        .formatted(workers, cores, cluster, mend);
  }
}

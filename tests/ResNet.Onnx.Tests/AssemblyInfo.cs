// The random generator and the thread count of libtorch belong to the process: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

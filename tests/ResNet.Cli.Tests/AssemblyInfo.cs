// The tests wait for processes most of the time, so that two at once keep two cores busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

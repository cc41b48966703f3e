using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CdBackuper.Archive.Store;

/// <summary>Does something with many files, several at a time: over NFS each small file costs round trips that can overlap.</summary>
internal static class ManyFiles
{
    /// <summary>How many at a time. More than processors, since they wait for the storage more than they compute.</summary>
    private const int AtOnce = 8;

    /// <param name="files">Taken in order, one by one, so that neighbours on the disc are read together.</param>
    /// <param name="action">Called from several threads. The first exception ends all and climbs as it is.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    public static void Each<T>(IEnumerable<T> files, Action<T> action, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        try
        {
            Parallel.ForEach(Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering), options, action);
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }
    }
}

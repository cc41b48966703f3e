using System.Buffers.Binary;
using CdBackuper.Media.Volumes.Hfs;

namespace CdBackuper.Media.Volumes.HfsPlus;

/// <summary>Fork data of HFS+: size and the first eight runs (TN1150, "Fork Data Structure").</summary>
internal static class HfsPlusFork
{
    public const int Bytes = 80;
    public const int Runs = 8;

    private const int RunsAt = 16;

    public static ulong Size(ReadOnlySpan<byte> fork) => BinaryPrimitives.ReadUInt64BigEndian(fork);

    /// <param name="fork">The record.</param>
    /// <param name="runs">Room for <see cref="Runs"/>.</param>
    public static void ReadRuns(ReadOnlySpan<byte> fork, Span<BlockRun> runs) => ReadRecord(fork[RunsAt..], runs);

    /// <param name="record">Eight extent descriptors.</param>
    /// <param name="runs">Room for <see cref="Runs"/>.</param>
    public static void ReadRecord(ReadOnlySpan<byte> record, Span<BlockRun> runs)
    {
        for (var index = 0; index < Runs; index++)
        {
            runs[index] = new(
                BinaryPrimitives.ReadUInt32BigEndian(record[(index * 8)..]),
                BinaryPrimitives.ReadUInt32BigEndian(record[((index * 8) + 4)..]));
        }
    }

    public static BuiltFork Build(ReadOnlySpan<byte> fork, ForkBuilder forks, uint file, ForkKind kind)
    {
        Span<BlockRun> runs = stackalloc BlockRun[Runs];
        ReadRuns(fork, runs);
        return forks.Build(runs, Size(fork), file, kind);
    }
}

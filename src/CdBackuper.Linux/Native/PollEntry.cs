using System.Runtime.InteropServices;

namespace CdBackuper.Linux.Native;

/// <summary>struct pollfd (poll.h). A negative descriptor is skipped by the kernel.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry(int descriptor)
{
    /// <summary>POLLIN.</summary>
    internal const short Readable = 1;

    internal int Descriptor = descriptor;
    internal short Events = Readable;
    internal short Returned;

    /// <summary>Bytes wait, or the other end was closed, or an error waits: a read will not block.</summary>
    internal readonly bool IsReady => Returned != 0;

    /// <summary>Waits until one is ready, a signal comes or the limit is over: at most a day, and not at all where it is negative.</summary>
    internal static unsafe void Wait(Span<PollEntry> entries, TimeSpan limit)
    {
        var milliseconds = Math.Clamp(Math.Ceiling(limit.TotalMilliseconds), 0, 86_400_000);
        fixed (PollEntry* first = entries)
        {
            if (LibC.Poll(first, (nuint)entries.Length, (int)milliseconds) < 0)
            {
                // EINTR, the only error there is here: nothing is ready, the caller looks at its clock and asks again.
                foreach (ref var entry in entries)
                {
                    entry.Returned = 0;
                }
            }
        }
    }
}

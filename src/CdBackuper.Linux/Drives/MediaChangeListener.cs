using System.Diagnostics;
using CdBackuper.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Drives;

/// <summary>
/// Hears from the kernel when a drive comes, goes or has another disc (netlink(7), NETLINK_KOBJECT_UEVENT), to look
/// earlier than the next poll. Only a hint: what lies in the drive is asked of the drive. Of one thread.
/// </summary>
public sealed unsafe class MediaChangeListener : IDisposable
{
    private const int Netlink = 16;
    private const int RawNonBlockCloseOnExec = 3 | OpenFlags.NonBlock | OpenFlags.CloseOnExec;
    private const int KernelObjectEvents = 15;
    private const int FromKernel = 1;
    private const int LongestMessage = 16384;
    private readonly SafeFileHandle socket;

    private MediaChangeListener(SafeFileHandle socket) => this.socket = socket;

    /// <returns>Null where this is not permitted, as in some containers: then polling has to do.</returns>
    public static MediaChangeListener? TryOpen()
    {
        var socket = LibC.Socket(Netlink, RawNonBlockCloseOnExec, KernelObjectEvents);
        // struct sockaddr_nl: family, padding, port (the kernel chooses), groups
        var address = stackalloc int[3] { Netlink, 0, FromKernel };
        if (socket.IsInvalid || LibC.Bind(socket, (byte*)address, 12) != 0)
        {
            socket.Dispose();
            return null;
        }

        return new(socket);
    }

    /// <param name="limit">How long to wait at most; zero looks only.</param>
    /// <param name="ct">Cancelled: the wait ends at once with false, without an exception.</param>
    /// <param name="deviceName">
    /// Such as "sr0" or "sda1"; null when nothing came, and when so much came that some was lost: then look at all.
    /// </param>
    /// <returns>True when a block device was changed, added or removed.</returns>
    public bool Wait(TimeSpan limit, CancellationToken ct, out string? deviceName)
    {
        var clock = Stopwatch.StartNew();
        using var wakeUp = new WakeUpCall(ct);
        do
        {
            Span<PollEntry> entries = [new((int)socket.DangerousGetHandle()), new(wakeUp.Descriptor)];
            PollEntry.Wait(entries, limit - clock.Elapsed);
            if (entries[0].IsReady && TryReceive(out deviceName))
            {
                return true;
            }
        }
        while (!ct.IsCancellationRequested && clock.Elapsed < limit);

        deviceName = null;
        return false;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => socket.Dispose();

    private bool TryReceive(out string? deviceName)
    {
        deviceName = null;
        var buffer = stackalloc byte[LongestMessage];
        var count = LibC.Read(socket, buffer, LongestMessage);
        if (count < 0)
        {
            return Errno.Last == Errno.ENOBUFS;
        }

        var heard = BlockEvent.TryParse(new(buffer, (int)count));
        deviceName = heard?.DeviceName;
        return heard is not null;
    }
}

using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Native;

/// <summary>A descriptor that becomes readable when a token is cancelled, so that poll(2) can wait for it (eventfd(2)).</summary>
internal sealed unsafe class WakeUpCall : IDisposable
{
    private const int NonBlockCloseOnExec = OpenFlags.NonBlock | OpenFlags.CloseOnExec;
    private readonly SafeFileHandle handle;
    private readonly CancellationTokenRegistration registration;

    internal WakeUpCall(CancellationToken cancellationToken)
    {
        handle = LibC.EventDescriptor(0, NonBlockCloseOnExec);
        if (handle.IsInvalid)
        {
            throw new IOException($"eventfd failed: {Errno.Text(Errno.Last)}. Raise the limit of open files (ulimit -n).");
        }

        registration = cancellationToken.Register(Ring);
    }

    internal int Descriptor => (int)handle.DangerousGetHandle();

    public void Dispose()
    {
        // waits for a Ring that is under way on another thread
        registration.Dispose();
        handle.Dispose();
    }

    private void Ring()
    {
        var one = 1UL;
        // It cannot fail: the counter is far from its end, and the handle lives until the registration is gone.
        _ = LibC.Write(handle, (byte*)&one, sizeof(ulong));
    }
}

using System.Text;

namespace CdBackuper.Linux.Drives;

/// <summary>A kernel event of a block device (Documentation/ABI/testing/sysfs-uevent; lib/kobject_uevent.c).</summary>
/// <param name="DeviceName">Such as "sr0"; null where the event names none.</param>
internal sealed record BlockEvent(string? DeviceName)
{
    /// <param name="message">"change@/devices/…" and KEY=VALUE strings, each ended by NUL.</param>
    /// <returns>Null for events of other subsystems and for udev's own messages.</returns>
    internal static BlockEvent? TryParse(ReadOnlySpan<byte> message)
    {
        var parts = Encoding.UTF8.GetString(message).Split('\0');
        return parts.Contains("SUBSYSTEM=block") && parts.Any(part => part is "ACTION=change" or "ACTION=add" or "ACTION=remove")
            ? new(parts.FirstOrDefault(part => part.StartsWith("DEVNAME=", StringComparison.Ordinal))?["DEVNAME=".Length..])
            : null;
    }
}

using System.Buffers.Binary;
using System.Text;
using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Drives;

/// <summary>Reads what a drive calls itself: from sysfs, and its serial number by INQUIRY where sysfs has none.</summary>
internal static class DriveModelReader
{
    private const int SerialPage = 0x80;

    internal static DriveModel Read(string devicePath)
    {
        if (FileFacts.Find(devicePath, out _) is not { IsBlockDevice: true, Device: var device })
        {
            return new(null, null, null, null);
        }

        // by number, since a name under /dev may be anybody's
        var folder = $"/sys/dev/block/{device.Major}:{device.Minor}/device";
        return new(
            TryReadLine(folder, "vendor"),
            TryReadLine(folder, "model"),
            TryReadLine(folder, "rev"),
            TryReadSerial(folder) ?? TryInquireSerial(devicePath));
    }

    private static string? TryReadLine(string folder, string name) => Words(TryReadBytes(folder, name));

    private static string? TryReadSerial(string folder) => SerialOf(TryReadBytes(folder, "vpd_pg80"));

    private static string? TryInquireSerial(string devicePath)
    {
        using var handle = LibC.Open(devicePath, OpenFlags.ReadOnly | OpenFlags.NonBlock | OpenFlags.CloseOnExec);
        Span<byte> answer = stackalloc byte[252];
        // INQUIRY with EVPD (SPC 6.6)
        return !handle.IsInvalid && ScsiCommand.TryRead(handle, [0x12, 1, SerialPage, 0, 252, 0], answer)
            ? SerialOf(answer)
            : null;
    }

    private static string? SerialOf(ReadOnlySpan<byte> page)
    {
        if (page.Length <= 4 || page[1] != SerialPage)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(page[2..]);
        return Words(page.Slice(4, Math.Min(length, page.Length - 4)));
    }

    /// <summary>Drives put anything there: printable ASCII is kept, of all else nothing.</summary>
    private static string? Words(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : ' ');
        }

        return text.ToString().Trim() is { Length: > 0 } words ? words : null;
    }

    /// <summary>
    /// Not by File.ReadAllBytes: sysfs calls every file 4096 bytes long, and .NET throws where a file ends before its length.
    /// </summary>
    /// <returns>Empty where there is no such attribute, or the drive was unplugged meanwhile: "it does not say".</returns>
    internal static byte[] TryReadBytes(string folder, string name)
    {
        using var file = LibC.Open(Path.Combine(folder, name), OpenFlags.ReadOnly | OpenFlags.CloseOnExec);
        var buffer = new byte[4096];
        return file.IsInvalid ? [] : buffer[..PositionedRead.Fill(file, buffer, 0, out _)];
    }
}

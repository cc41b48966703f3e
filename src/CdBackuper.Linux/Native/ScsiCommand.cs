using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Native;

/// <summary>
/// A SCSI command that reads, sent by SG_IO (scsi/sg.h, struct sg_io_hdr: 88 bytes on 64-bit machines). The kernel lets
/// who may read the device send the harmless ones (drivers/scsi/scsi_ioctl.c, scsi_cmd_allowed).
/// </summary>
internal static unsafe class ScsiCommand
{
    private const nuint SgIo = 0x2285;
    private const int HeaderLength = 88;
    private const int FromDevice = -3;
    private const uint TimeoutMilliseconds = 20_000;

    /// <param name="device">Open for reading.</param>
    /// <param name="command">6 to 16 bytes.</param>
    /// <param name="answer">Is filled from its start; cleared first.</param>
    /// <returns>False where the kernel does not allow it, the drive does not know it, or the disc does not let it.</returns>
    internal static bool TryRead(SafeFileHandle device, ReadOnlySpan<byte> command, Span<byte> answer)
    {
        var header = stackalloc byte[HeaderLength];
        var fields = new Span<byte>(header, HeaderLength);
        fields.Clear();
        answer.Clear();
        Span<byte> sense = stackalloc byte[32];
        fixed (byte* commandStart = command, answerStart = answer, senseStart = sense)
        {
            BinaryPrimitives.WriteInt32LittleEndian(fields, 'S');
            BinaryPrimitives.WriteInt32LittleEndian(fields[4..], FromDevice);
            fields[8] = (byte)command.Length;
            fields[9] = (byte)sense.Length;
            BinaryPrimitives.WriteInt32LittleEndian(fields[12..], answer.Length);
            *(byte**)(header + 16) = answerStart;
            *(byte**)(header + 24) = commandStart;
            *(byte**)(header + 32) = senseStart;
            BinaryPrimitives.WriteUInt32LittleEndian(fields[40..], TimeoutMilliseconds);
            // status, host status and driver status must all be good; "no sense" in the driver status is
            return LibC.Control(device, SgIo, header) == 0
                && fields[64] == 0
                && BinaryPrimitives.ReadUInt16LittleEndian(fields[68..]) == 0;
        }
    }
}

using System.Buffers.Binary;
using System.Globalization;
using CdBackuper.Media.Sectors;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Bench.Rescue;

/// <summary>
/// The drive as an NBD server on standard input and output, for nbdfuse (NBD protocol, fixed newstyle negotiation without
/// structured replies). Writes what was read, and when by the drive's clock, to a log.
/// </summary>
/// <param name="image">The disc.</param>
/// <param name="length">How many bytes the drive says the disc has; not more than the image has.</param>
/// <param name="model">What reads, and how long it takes.</param>
/// <param name="log">Told what was given.</param>
/// <param name="input">From nbdfuse.</param>
/// <param name="output">To nbdfuse.</param>
internal sealed class ModelDrive(SafeFileHandle image, long length, DriveModel model, TextWriter log, Stream input, Stream output)
{
    private const ulong Greeting = 0x4e42444d41474943;
    private const ulong OptionMagic = 0x49484156454F5054;
    private const ulong OptionReplyMagic = 0x3e889045565a9;
    private const uint RequestMagic = 0x25609513;
    private const uint ReplyMagic = 0x67446698;
    private const uint Unsupported = 0x80000001;
    private const ushort ReadOnly = 0b11;
    private const uint InputOutputError = 5;
    private readonly byte[] buffer = new byte[34 + (32 << 20)];

    public void Serve()
    {
        if (Negotiate())
        {
            while (TryFill(28) && U32(0) == RequestMagic && BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(6)) == 0)
            {
                Answer(U64(8), (long)U64(16), (int)U32(24));
            }
        }

        log.Flush();
    }

    private bool Negotiate()
    {
        BinaryPrimitives.WriteUInt64BigEndian(buffer, Greeting);
        BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan(8), OptionMagic);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(16), 0b11);
        Send(18);
        if (!TryFill(4))
        {
            return false;
        }

        while (TryFill(16) && U64(0) == OptionMagic)
        {
            var (option, size) = (U32(8), (int)U32(12));
            if (!TryFill(size))
            {
                return false;
            }

            if (option == 7)
            {
                // NBD_OPT_GO: what the export is like (NBD_INFO_EXPORT), then the acknowledgement
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(20), 0);
                BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(22), length);
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(30), ReadOnly);
                ReplyToOption(option, type: 3, size: 12);
                ReplyToOption(option, type: 1, size: 0);
                return true;
            }

            ReplyToOption(option, Unsupported, 0);
        }

        return false;
    }

    private void ReplyToOption(uint option, uint type, int size)
    {
        BinaryPrimitives.WriteUInt64BigEndian(buffer, OptionReplyMagic);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(8), option);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(12), type);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(16), size);
        Send(20 + size);
    }

    private void Answer(ulong cookie, long offset, int count)
    {
        var (first, end) = (offset / Sector.Size, Sector.Count(offset + count));
        var isRead = model.TryRead(first, end - first);
        BinaryPrimitives.WriteUInt32BigEndian(buffer, ReplyMagic);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(4), isRead ? 0 : InputOutputError);
        BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan(8), cookie);
        if (isRead)
        {
            RandomAccess.Read(image, buffer.AsSpan(16, count), offset);
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Clock:0.000}\t{offset}\t{count}"));
        }

        Send(16 + (isRead ? count : 0));
    }

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64BigEndian(buffer.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(at));

    private bool TryFill(int count) => input.ReadAtLeast(buffer.AsSpan(0, count), count, throwOnEndOfStream: false) == count;

    private void Send(int count)
    {
        output.Write(buffer, 0, count);
        output.Flush();
    }
}

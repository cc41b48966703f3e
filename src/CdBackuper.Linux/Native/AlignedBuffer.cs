using System.Runtime.InteropServices;

namespace CdBackuper.Linux.Native;

/// <summary>Memory that begins at a page, as O_DIRECT wants it.</summary>
internal sealed unsafe class AlignedBuffer : SafeHandle
{
    private const int Alignment = 4096;

    internal AlignedBuffer(int length)
        : base(0, ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)length, Alignment));
    }

    public override bool IsInvalid => handle == 0;

    internal int Length { get; }

    internal Span<byte> Bytes => new((void*)handle, Length);

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}

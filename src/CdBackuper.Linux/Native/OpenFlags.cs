using System.Runtime.InteropServices;

namespace CdBackuper.Linux.Native;

/// <summary>Flags of open(2). Three of them have other values on arm64 (arch/arm64/include/uapi/asm/fcntl.h).</summary>
internal static class OpenFlags
{
    internal const int ReadOnly = 0;
    internal const int ReadWrite = 0x2;
    internal const int Create = 0x40;
    internal const int Exclusive = 0x80;
    internal const int NonBlock = 0x800;
    internal const int CloseOnExec = 0x80000;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    internal static int Direct => IsArm ? 0x10000 : 0x4000;

    internal static int Directory => IsArm ? 0x4000 : 0x10000;

    internal static int NoFollow => IsArm ? 0x8000 : 0x20000;
}

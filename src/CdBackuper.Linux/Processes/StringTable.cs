using System.Runtime.InteropServices;
using System.Text;

namespace CdBackuper.Linux.Processes;

/// <summary>A null-terminated array of C strings, as argv and envp are, in memory of its own.</summary>
internal sealed unsafe class StringTable : SafeHandle
{
    internal StringTable(IReadOnlyCollection<string> strings)
        : base(0, ownsHandle: true)
    {
        var table = (strings.Count + 1) * sizeof(byte*);
        var text = strings.Sum(item => Encoding.UTF8.GetByteCount(item) + 1);
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)(table + text)));
        var place = (byte*)handle + table;
        var index = 0;
        foreach (var item in strings)
        {
            if (item.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException($"An argument or variable of a program contains NUL: {item.Replace('\0', '?')}");
            }

            Pointer[index++] = place;
            place += Encoding.UTF8.GetBytes(item, new Span<byte>(place, Encoding.UTF8.GetByteCount(item))) + 1;
        }
    }

    public override bool IsInvalid => handle == 0;

    internal byte** Pointer => (byte**)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}

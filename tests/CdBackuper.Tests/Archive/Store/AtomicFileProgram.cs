using CdBackuper.Archive.Store;
using CdBackuper.Hosting;

namespace CdBackuper.Tests.Archive.Store;

public sealed class AtomicFileProgram
{
    [Fact(Explicit = true)]
    public void Makes_a_file()
    {
        try
        {
            OtherProcess.Answer($"{new AtomicFile(new LinuxFileSystem()).TryCreate(OtherProcess.Place, new string('x', 1 << 20))}");
        }
        catch (Exception full) when (full is IOException or ArgumentOutOfRangeException)
        {
            // .NET's word for EFBIG is the second, for ENOSPC the first
            OtherProcess.Answer("not written");
        }
    }
}

using System.Text;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>An HFS volume that hfsutils makes, fills and reads: no mounting, no Macintosh.</summary>
internal sealed class HfsUtilsDisc : IDisposable
{
    private readonly TempFolder folder = new();

    public HfsUtilsDisc(int kilobytes, string label)
    {
        Tool.Require("hformat", "hcopy", "hls");
        using (var image = File.Create(folder["disc.hfs"]))
        {
            image.SetLength(kilobytes * 1024L);
        }

        Run("hformat", "-l", label, folder["disc.hfs"]);
        Run("hmount", folder["disc.hfs"]);
    }

    public ScratchedDisc Image => new(File.ReadAllBytes(folder["disc.hfs"]));

    /// <summary>Text of a tool; hfsutils keeps the mounted volume in a file of the home folder.</summary>
    public string Run(string tool, params string[] arguments) =>
        Tool.Run("env", [$"HOME={folder.Path}", tool, .. arguments]);

    /// <summary>Names are in Mac OS Roman; a text of .NET can't be an argument of other bytes than UTF-8, a shell's can.</summary>
    public void Put(string path, MacBinary file)
    {
        File.WriteAllBytes(folder["file.bin"], file.Write("name"));
        Run("hcopy", "-m", folder["file.bin"], path);
    }

    public void PutRaw(string path, byte[] content)
    {
        File.WriteAllBytes(folder["file.raw"], content);
        Run("hcopy", "-r", folder["file.raw"], path);
    }

    public MacBinary Get(string path)
    {
        Run("hcopy", "-m", path, folder["out.bin"]);
        return MacBinary.Read(File.ReadAllBytes(folder["out.bin"]));
    }

    public void Dispose() => folder.Dispose();

    public static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
}

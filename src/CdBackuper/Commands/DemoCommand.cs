using System.CommandLine;
namespace CdBackuper.Commands;
internal static class DemoCommand { public static Command Create() => new("demo", "x"); }

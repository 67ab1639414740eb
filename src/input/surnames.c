#include "input/surnames.h"

#include <string.h>

/* About 99 of 100 people in China have one of these; by how common they are, as the
 * police counts them. */
static const char SINGLE[]
    = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
      "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚"
      "邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘"
      "祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟"
      "艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞"
      "姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕"
      "楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣"
      "晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉"
      "银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";
static const char *const DOUBLE[]
    = { "欧阳", "上官", "皇甫", "令狐", "诸葛", "司徒", "司马", "申屠", "夏侯", "贺兰", "完颜",
        "慕容", "尉迟", "长孙", "东方", "独孤", "南宫", "公孙", "轩辕", "宇文", "端木", "钟离",
        "闾丘", "澹台", "太史", "淳于", "濮阳", "拓跋", "呼延", "西门", "万俟", "赫连", "东郭",
        "百里", "公冶", "鲜于", "司空", "纳兰", "第五", "司寇", "仲孙", "亓官", "公西", "颛孙" };

guint surnames_rank (const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  const char *found = length == 1 ? strstr (SINGLE, text) : NULL;

  if (found != NULL)
    return (guint) g_utf8_pointer_to_offset (SINGLE, found) + 1;
  for (guint i = 0; length == 2 && i < G_N_ELEMENTS (DOUBLE); i++)
    if (strcmp (DOUBLE[i], text) == 0)
      return i + 1;
  return 0;
}
